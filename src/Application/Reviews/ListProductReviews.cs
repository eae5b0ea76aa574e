using Mainstreet.Application.Catalog;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>What customers say of a published product, the newest first: its approved reviews (CAT-06). Errors: not_found (404).</summary>
public sealed record ListProductReviews(string IdOrSlug, PageRequest Page) : IRequest<ProductReviews>;

/// <param name="Rating">Of all of them; null: there is none.</param>
public sealed record ProductReviews(ProductRating? Rating, Page<ReviewView> Page);

internal sealed class ListProductReviewsHandler(IReadStore reads, IMediator mediator) : IRequestHandler<ListProductReviews, ProductReviews>
{
    public async Task<ProductReviews> Handle(ListProductReviews query, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetStorefrontProduct(query.IdOrSlug), cancellationToken);
        var list = $"product reviews\n{found.Product.Id}";
        var after = query.Page.After(list);
        var rows = await reads.List<ReviewView>(
            $"""
            select * from rm.reviews where product_id = @product_id and status = 'approved'
               {(after is null ? "" : "and (submitted_at, review_id) < (@submitted_at, @review_id)")}
             order by submitted_at desc, review_id desc limit @rows
            """,
            new { ProductId = found.Product.Id, query.Page.Rows, SubmittedAt = after?.Time(0), ReviewId = after?.Id(1) },
            cancellationToken);
        return new(found.Rating, query.Page.Cut(rows, list, review => [review.SubmittedAt, review.ReviewId]));
    }
}
