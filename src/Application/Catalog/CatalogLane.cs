using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>What decisions on products check beyond the product itself.</summary>
internal static class CatalogLane
{
    /// <summary>The stream of a category that may be named.</summary>
    public static IEnumerable<Guid> Ids(this CategoryId? category) => category is { } id ? [id.Value] : [];

    /// <summary>Errors: not_found (404).</summary>
    public static void RefuseUnknownCategory(this ILaneLog log, CategoryId? category)
    {
        if (category is { } id)
        {
            log.Get<Category>(id.Value);
        }
    }

    /// <summary>A business has one currency (C3). Errors: currency_mismatch (422), currency_unknown (400).</summary>
    public static void RefuseOtherCurrency(this ILaneLog log, TenantId business, params IEnumerable<Variant> variants)
    {
        var currency = log.Get<BusinessProfile>(business.Value).Settings.Currency;
        foreach (var price in variants.Select(variant => variant.Price))
        {
            Check.That(Currencies.IsKnown(price.Currency), Currencies.Unknown(price.Currency));
            Check.That(price.Currency == currency, CatalogErrors.OtherCurrency(currency));
        }
    }
}
