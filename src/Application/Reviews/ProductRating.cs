using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;

namespace Mainstreet.Application.Reviews;

/// <summary>What customers give a product: its approved reviews, added up. A product without any has no row.</summary>
public sealed record ProductRating([property: Key] ProductId ProductId, int Reviews, long Stars)
{
    /// <summary>With one decimal.</summary>
    public decimal Average => decimal.Round((decimal)Stars / Reviews, 1, MidpointRounding.AwayFromZero);

    /// <summary>Of those of the products that have been reviewed.</summary>
    internal static async Task<IReadOnlyDictionary<ProductId, ProductRating>> Of(IReadStore reads, IEnumerable<CatalogProduct> products, CancellationToken cancellationToken) =>
        (await reads.List<ProductRating>(
            "select * from rm.product_ratings where product_id = any (@products)", new { Products = products.Select(product => product.Id.Value).ToArray() }, cancellationToken))
        .ToDictionary(rating => rating.ProductId);
}

internal sealed class ProductRatingsProjection : Projection<ProductRating>
{
    public ProductRatingsProjection() : base("product_ratings", version: 1)
    {
        OnEach<ReviewApproved, ProductId>(e => Counting(e.ProductId, counts: true), Seed, (rating, e, _) => Add(rating, 1, e.Rating));
        OnEach<ReviewRejected, ProductId>(e => Counting(e.ProductId, e.WasApproved), Seed, (rating, e, _) => Add(rating, -1, -e.Rating));
        OnEach<ReviewWithdrawn, ProductId>(e => Counting(e.ProductId, e.WasApproved), Seed, (rating, e, _) => Add(rating, -1, -e.Rating));
    }

    /// <summary>Orders are reviewed too, and have no rating of their own.</summary>
    private static ProductId[] Counting(ProductId? product, bool counts) => counts && product is { } rated ? [rated] : [];

    private static ProductRating Seed(ReviewEvent e, ProductId product) => new(product, 0, 0);

    private static ProductRating? Add(ProductRating rating, int reviews, int stars) =>
        rating.Reviews + reviews == 0 ? null : rating with { Reviews = rating.Reviews + reviews, Stars = rating.Stars + stars };
}
