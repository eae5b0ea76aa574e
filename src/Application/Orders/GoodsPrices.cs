using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>What somebody wants as the catalogue has it: whose products they are, and what they cost and are taxed at (ORD-04).</summary>
internal static class GoodsPrices
{
    /// <summary>
    /// Lines in the order of the wanted ones, numbered from 1. Errors: not_available (422) for what is not offered, choices_invalid (422), those of <see cref="OrderLine.Priced"/>,
    /// and conflict (409) where a product came to name another option group meanwhile.
    /// </summary>
    /// <param name="products">Of each wanted line; null: there is none.</param>
    /// <param name="groups">Any option group that they name.</param>
    /// <param name="taxes">Of categories; null: none has a rate of its own.</param>
    /// <param name="member">Of the request: where the wanted lines are.</param>
    public static OrderLine[] Of(
        IReadOnlyList<BasketLine> wanted, IReadOnlyList<Product?> products, Func<OptionGroupId, OptionGroup> groups, TaxTable? taxes, BusinessSettings settings,
        string member = "lines")
    {
        var variants = products.Select((product, i) => product is { Status: ProductStatus.Published } ? product.Find(wanted[i].VariantId) : null).ToArray();
        var missing = variants.Index().Where(variant => variant.Item is null).Select(variant => variant.Index).ToArray();
        Check.That(missing.Length == 0, CheckoutErrors.NotAvailable(missing, member));
        var chosen = wanted.Select((line, i) => OptionMenu.Of(products[i]!.OptionGroups, groups).Choose(line.Choices ?? [])).ToArray();
        if (Array.Exists(chosen, selection => selection.Faults is not []))
        {
            throw new DomainException(CheckoutErrors.ChoicesInvalid(chosen, member));
        }

        return
        [
            .. wanted.Select((line, i) =>
            {
                var (product, variant, choices) = (products[i]!, variants[i]!, chosen[i].Choices);
                var taxation = new Taxation(TaxTable.RateOf(taxes, product, variant, settings.TaxRatePercent), settings.PricesIncludeTax);
                var priced = OrderLine.Priced(
                    i + 1, product.Id, variant.Id, product.Details.Name, product.Variants.Length > 1 ? variant.Details.Name : null,
                    line.Quantity, LineChoice.Added(variant.Price, choices), taxation, line.Note);
                return choices is null ? priced : priced with { Choices = choices };
            }),
        ];
    }

    /// <summary>Which product each line's variant belongs to. What is found is looked at again in the lane. Errors: not_available (422).</summary>
    /// <inheritdoc cref="Of" path="/param" />
    public static async Task<BasketGoods> GoodsOf(this IReadStore reads, IReadOnlyList<BasketLine> wanted, CancellationToken cancellationToken, string member = "lines")
    {
        var owners = await reads.List<VariantOwner>(
            "select variant_id, product_id, option_groups from rm.product_variants where variant_id = any(@variants) and not archived",
            new { Variants = wanted.Select(line => line.VariantId.Value).Distinct().ToArray() }, cancellationToken);
        var products = owners.ToLookup(owner => owner.VariantId, owner => owner.ProductId);
        var unknown = wanted.Index().Where(line => !products.Contains(line.Item.VariantId)).Select(line => line.Index).ToArray();
        return unknown.Length == 0
            ? new([.. wanted.Select(line => products[line.VariantId].First())], [.. owners.SelectMany(owner => owner.OptionGroups ?? []).Distinct()])
            : throw new DomainException(CheckoutErrors.NotAvailable(unknown, member));
    }

    private sealed record VariantOwner(VariantId VariantId, ProductId ProductId, OptionGroupId[]? OptionGroups);
}

/// <summary>What of the catalogue a basket has to do with, as it is found before the lane is taken.</summary>
/// <param name="Products">Of each line.</param>
/// <param name="OptionGroups">That they name, each once.</param>
internal sealed record BasketGoods(ProductId[] Products, OptionGroupId[] OptionGroups)
{
    public LaneStreams NameIn(LaneStreams streams) => streams
        .Of<Product>(Products.Select(product => product.Value)).Of<OptionGroup>(OptionGroups.Select(group => group.Value));

    /// <summary>As they are in the lane, of each line.</summary>
    public Product?[] In(ILaneLog log) => [.. Products.Select(product => log.Find<Product>(product.Value))];
}
