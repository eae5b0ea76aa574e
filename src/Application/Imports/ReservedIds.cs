using Mainstreet.Domain;

namespace Mainstreet.Application.Imports;

/// <summary>
/// Ids of version 8 follow from what they stand for, such as the ledger of a variant at a location: rows bring only those of things that there are, lest they take
/// another's place. Others are let through.
/// </summary>
internal sealed class ReservedIds(IReadOnlySet<ProductId> products, IReadOnlySet<VariantId> variants)
{
    public static readonly DomainError Refused =
        new("id_reserved", "Ids of version 8 follow from what they stand for and are the product's own; leave it out, or choose one of version 7 or 4.", ErrorKind.Invalid);

    /// <summary>Only looked up where a row has one. What there is stays, so no lane is needed.</summary>
    public static async Task<ReservedIds> Find(IReadStore reads, IEnumerable<ProductRow> rows, CancellationToken cancellationToken)
    {
        var named = rows.ToArray();
        Guid[] products = [.. named.Select(row => row.Id?.Value).OfType<Guid>().Where(Uuid.IsNamed).Distinct()];
        Guid[] variants = [.. named.SelectMany(row => row.Variants ?? []).Select(variant => variant?.Id?.Value).OfType<Guid>().Where(Uuid.IsNamed).Distinct()];
        var known = products.Length + variants.Length == 0 ? [] : await reads.List<Known>(
            """
            select id as product_id, null::uuid as variant_id from rm.products where id = any (@products)
            union all
            select null, variant_id from rm.product_variants where variant_id = any (@variants)
            """,
            new { Products = products, Variants = variants }, cancellationToken);
        return new(known.Select(row => row.ProductId).OfType<ProductId>().ToHashSet(), known.Select(row => row.VariantId).OfType<VariantId>().ToHashSet());
    }

    public bool Has(ProductId id) => !Uuid.IsNamed(id.Value) || products.Contains(id);

    public bool Has(VariantId id) => !Uuid.IsNamed(id.Value) || variants.Contains(id);

    private sealed record Known(ProductId? ProductId, VariantId? VariantId);
}
