using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>What somebody wants as the catalogue has it: whose products they are, and what they cost and are taxed at (ORD-04).</summary>
internal static class GoodsPrices
{
    /// <summary>Lines in the order of the wanted ones, numbered from 1. Errors: not_available (422) for what is not offered, and those of <see cref="OrderLine.Priced"/>.</summary>
    /// <param name="products">Of each wanted line; null: there is none.</param>
    /// <param name="taxes">Of categories; null: none has a rate of its own.</param>
    /// <param name="member">Of the request: where the wanted lines are.</param>
    public static OrderLine[] Of(IReadOnlyList<BasketLine> wanted, IReadOnlyList<Product?> products, TaxTable? taxes, BusinessSettings settings, string member = "lines")
    {
        var variants = products.Select((product, i) => product is { Status: ProductStatus.Published } ? product.Find(wanted[i].VariantId) : null).ToArray();
        var missing = variants.Index().Where(variant => variant.Item is null).Select(variant => variant.Index).ToArray();
        Check.That(missing.Length == 0, CheckoutErrors.NotAvailable(missing, member));
        return
        [
            .. wanted.Select((line, i) =>
            {
                var (product, variant) = (products[i]!, variants[i]!);
                var taxation = new Taxation(TaxTable.RateOf(taxes, product, variant, settings.TaxRatePercent), settings.PricesIncludeTax);
                return OrderLine.Priced(
                    i + 1, product.Id, variant.Id, product.Details.Name, product.Variants.Length > 1 ? variant.Details.Name : null,
                    line.Quantity, variant.Price, taxation, line.Note);
            }),
        ];
    }

    /// <summary>Which product each line's variant belongs to. What is found is looked at again in the lane. Errors: not_available (422).</summary>
    /// <inheritdoc cref="Of" path="/param" />
    public static async Task<ProductId[]> ProductsOf(this IReadStore reads, IReadOnlyList<BasketLine> wanted, CancellationToken cancellationToken, string member = "lines")
    {
        var owners = await reads.List<VariantOwner>(
            "select variant_id, product_id from rm.product_variants where variant_id = any(@variants) and not archived",
            new { Variants = wanted.Select(line => line.VariantId.Value).Distinct().ToArray() }, cancellationToken);
        var products = owners.ToLookup(owner => owner.VariantId, owner => owner.ProductId);
        var unknown = wanted.Index().Where(line => !products.Contains(line.Item.VariantId)).Select(line => line.Index).ToArray();
        return unknown.Length == 0
            ? [.. wanted.Select(line => products[line.VariantId].First())]
            : throw new DomainException(CheckoutErrors.NotAvailable(unknown, member));
    }

    private sealed record VariantOwner(VariantId VariantId, ProductId ProductId);
}
