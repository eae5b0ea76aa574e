using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;

namespace Mainstreet.Application.Reviews;

/// <summary>What a review is of.</summary>
public enum ReviewKind
{
    Product,
    Order,
}

/// <summary>One row per review: what stands now.</summary>
/// <param name="AccountId">In which it was written; null: by a guest.</param>
/// <param name="Rating">The overall one.</param>
/// <param name="Reason">Why it was rejected, if that was said.</param>
/// <param name="Reply">The business's.</param>
public sealed record ReviewView(
    [property: Key] ReviewId ReviewId,
    int Version,
    ReviewKind Kind,
    ReviewStatus Status,
    ProductId? ProductId,
    OrderId? OrderId,
    CustomerId CustomerId,
    AccountId? AccountId,
    int Rating,
    int? FoodQuality,
    int? DeliveryRating,
    string? Text,
    string? Author,
    bool VerifiedPurchase,
    string? Reason,
    string? Reply,
    DateTimeOffset? RepliedAt,
    DateTimeOffset SubmittedAt,
    DateTimeOffset UpdatedAt)
{
    internal static ReviewView None(ReviewId id) =>
        new(id, Version: 0, default, default, null, null, default, null, 0, null, null, null, null, VerifiedPurchase: false, null, null, null, default, default);
}

internal sealed class ReviewsProjection : Projection<ReviewView>
{
    public ReviewsProjection() : base("reviews", version: 1, inline: true)
    {
        Step<ReviewSubmitted>(e => e.ReviewId, e => e.At, (_, e) => new(
            e.ReviewId, 0, e.ProductId is null ? ReviewKind.Order : ReviewKind.Product, ReviewStatus.Submitted, e.ProductId, e.OrderId, e.CustomerId, e.AccountId,
            e.Ratings.Overall, e.Ratings.FoodQuality, e.Ratings.Delivery, e.Text, e.Author, e.VerifiedPurchase, null, null, null, e.At, e.At));
        Step<ReviewApproved>(e => e.ReviewId, e => e.At, (review, _) => review with { Status = ReviewStatus.Approved, Reason = null });
        Step<ReviewRejected>(e => e.ReviewId, e => e.At, (review, e) => review with { Status = ReviewStatus.Rejected, Reason = e.Reason });
        Step<ReviewReplied>(e => e.ReviewId, e => e.At, (review, e) => review with { Reply = e.Text, RepliedAt = e.At });
        Step<ReviewWithdrawn>(e => e.ReviewId, e => e.At, (review, _) => review with { Status = ReviewStatus.Withdrawn });
        Index("submitted_at desc", "review_id desc");
        Index("status", "submitted_at desc", "review_id desc");
        IndexWhere("product_id is not null", "product_id", "submitted_at desc", "review_id desc");
        IndexWhere("account_id is not null", "account_id");
        IndexWhere("order_id is not null", "order_id");
    }

    private void Step<TEvent>(Func<TEvent, ReviewId> id, Func<TEvent, DateTimeOffset> at, Func<ReviewView, TEvent, ReviewView> fold) where TEvent : ReviewEvent =>
        On<TEvent>(e => ReviewView.None(id(e)), (review, e, context) => fold(review, e) with { Version = context.Version, UpdatedAt = at(e) });
}
