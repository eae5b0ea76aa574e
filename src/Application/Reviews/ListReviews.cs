using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>All reviews of the business and its products, the newest first.</summary>
/// <param name="Rating">The overall one.</param>
public sealed record ListReviews(PageRequest Page, ReviewStatus? Status, ReviewKind? Kind, ProductId? ProductId, OrderId? OrderId, int? Rating) : IRequest<Page<ReviewView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetReview(ReviewId ReviewId) : IRequest<ReviewView>;

internal sealed class ListReviewsValidator : AbstractValidator<ListReviews>
{
    public ListReviewsValidator() => RuleFor(query => query.Rating).InclusiveBetween(1, 5);
}

internal sealed class ListReviewsHandler(IReadStore reads) : IRequestHandler<ListReviews, Page<ReviewView>>
{
    public async Task<Page<ReviewView>> Handle(ListReviews query, CancellationToken cancellationToken)
    {
        var list = $"reviews\n{query.Status}\n{query.Kind}\n{query.ProductId}\n{query.OrderId}\n{query.Rating}";
        var after = query.Page.After(list);
        var rows = await reads.List<ReviewView>(
            $"""
            select * from rm.reviews where true
               {(query.Status is null ? "" : "and status = @status")}
               {(query.Kind is null ? "" : "and kind = @kind")}
               {(query.ProductId is null ? "" : "and product_id = @product_id")}
               {(query.OrderId is null ? "" : "and order_id = @order_id")}
               {(query.Rating is null ? "" : "and rating = @rating")}
               {(after is null ? "" : "and (submitted_at, review_id) < (@submitted_at, @review_id)")}
             order by submitted_at desc, review_id desc limit @rows
            """,
            new { query.Status, query.Kind, query.ProductId, query.OrderId, query.Rating, query.Page.Rows, SubmittedAt = after?.Time(0), ReviewId = after?.Id(1) },
            cancellationToken);
        return query.Page.Cut(rows, list, review => [review.SubmittedAt, review.ReviewId]);
    }
}

internal sealed class GetReviewHandler(IReadStore reads) : IRequestHandler<GetReview, ReviewView>
{
    public async Task<ReviewView> Handle(GetReview query, CancellationToken cancellationToken) =>
        await reads.Find<ReviewView>("select * from rm.reviews where review_id = @review_id", new { query.ReviewId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("review"));
}
