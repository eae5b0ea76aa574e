using Mainstreet.Application;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;

namespace Mainstreet.Api.Reviews;

/// <param name="Rating">1 to 5.</param>
/// <param name="Text">At most 4,000 characters.</param>
/// <param name="Author">The name that is shown beside it, at most 60 characters; left out: none is.</param>
internal sealed record ReviewProductRequest(Guid ProductId, int Rating, string? Text = null, string? Author = null);

/// <param name="Overall">1 to 5, as all ratings.</param>
/// <param name="FoodQuality">Left out: not rated.</param>
/// <param name="Delivery">Of an order that was delivered. Left out: not rated.</param>
/// <param name="Text">At most 4,000 characters.</param>
/// <param name="Author">As the customer wants to be called, at most 60 characters.</param>
internal sealed record ReviewOrderRequest(int Overall, int? FoodQuality = null, int? Delivery = null, string? Text = null, string? Author = null)
{
    public ReviewOrder ToCommand(OrderView order, AccountId? account) => new(order.OrderId, order.CustomerId, account, new(Overall, FoodQuality, Delivery), new(Text, Author));
}

/// <param name="Reason">For the customer, at most 500 characters.</param>
internal sealed record RejectReviewRequest(string? Reason = null);

/// <param name="Text">1 to 4,000 characters; what was replied before is replaced.</param>
internal sealed record ReplyToReviewRequest(string Text);

/// <param name="Moderation">manual: somebody of the business approves each review; auto: those of verified purchases are approved as they come in.</param>
internal sealed record ChangeReviewSettingsRequest(ReviewModeration Moderation);

internal sealed record ReviewSettingsBody(ReviewModeration Moderation);

/// <param name="Status">approved where the business's settings approve it as it comes in.</param>
/// <param name="VerifiedPurchase">Whether the customer has got what is reviewed, by the business's orders.</param>
internal sealed record SubmittedReviewBody(Guid Id, ReviewStatus Status, bool VerifiedPurchase)
{
    public static SubmittedReviewBody Of(ReviewReceipt receipt) => new(receipt.ReviewId.Value, receipt.Status, receipt.VerifiedPurchase);
}

/// <summary>What customers give a product.</summary>
/// <param name="Average">1 to 5 with one decimal.</param>
/// <param name="Count">Of approved reviews.</param>
internal sealed record RatingBody(decimal Average, int Count)
{
    public static RatingBody? Of(ProductRating? rating) => rating is null ? null : new(rating.Average, rating.Reviews);
}

/// <summary>The approved reviews of a product, the newest first.</summary>
/// <param name="Rating">Of all of them; left out where there is none.</param>
internal sealed record ProductReviewsBody(RatingBody? Rating, StorefrontReviewBody[] Data, bool HasMore, string? NextCursor)
{
    public static ProductReviewsBody Of(ProductReviews reviews) => new(
        RatingBody.Of(reviews.Rating), [.. reviews.Page.Data.Select(StorefrontReviewBody.Of)], reviews.Page.HasMore, reviews.Page.NextCursor);
}

/// <summary>A review as everybody sees it. Of who was erased the rating is left.</summary>
/// <param name="Author">As the customer wants to be called; left out: nobody is named.</param>
/// <param name="VerifiedPurchase">The customer has got the product from this business.</param>
internal sealed record StorefrontReviewBody(Guid Id, int Rating, string? Text, string? Author, bool VerifiedPurchase, ReplyBody? Reply, DateTimeOffset CreatedAt)
{
    public static StorefrontReviewBody Of(ReviewView review) => new(
        review.ReviewId.Value, review.Rating, Known(review.Text), Known(review.Author), review.VerifiedPurchase, Known(review.Reply) is null ? null : ReplyBody.Of(review), review.SubmittedAt);

    private static string? Known(string? text) => text is PersonalDataAttribute.Erased ? null : text;
}

/// <summary>What the business replied.</summary>
internal sealed record ReplyBody(string Text, DateTimeOffset CreatedAt)
{
    public static ReplyBody? Of(ReviewView review) => review.Reply is { } text ? new(text, review.RepliedAt!.Value) : null;
}

/// <summary>A review as who wrote it sees it.</summary>
/// <param name="FoodQuality">Of an order, if it was rated.</param>
/// <param name="Delivery">Of an order, if it was rated.</param>
/// <param name="Reason">Why it was rejected, if the business says so.</param>
internal sealed record OwnReviewBody(
    Guid Id,
    int Version,
    ReviewKind Kind,
    ReviewStatus Status,
    Guid? ProductId,
    Guid? OrderId,
    int Rating,
    int? FoodQuality,
    int? Delivery,
    string? Text,
    string? Author,
    bool VerifiedPurchase,
    string? Reason,
    ReplyBody? Reply,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static OwnReviewBody? Of(ReviewView? review) => review is null ? null : Written(review);

    public static OwnReviewBody Written(ReviewView review) => new(
        review.ReviewId.Value, review.Version, review.Kind, review.Status, review.ProductId?.Value, review.OrderId?.Value, review.Rating, review.FoodQuality, review.DeliveryRating,
        review.Text, review.Author, review.VerifiedPurchase, review.Reason, ReplyBody.Of(review), review.SubmittedAt, review.UpdatedAt);
}

/// <summary>A review as the business sees it.</summary>
/// <param name="ByGuest">It was written with the order's token alone.</param>
/// <inheritdoc cref="OwnReviewBody" />
internal sealed record ReviewBody(
    Guid Id,
    int Version,
    ReviewKind Kind,
    ReviewStatus Status,
    Guid? ProductId,
    Guid? OrderId,
    Guid CustomerId,
    bool ByGuest,
    int Rating,
    int? FoodQuality,
    int? Delivery,
    string? Text,
    string? Author,
    bool VerifiedPurchase,
    string? Reason,
    ReplyBody? Reply,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>What was withdrawn has no words any more.</summary>
    public static ReviewBody Of(ReviewView review) => review.Status is ReviewStatus.Withdrawn ? Shown(review with { Text = null, Author = null, Reason = null, Reply = null }) : Shown(review);

    private static ReviewBody Shown(ReviewView review) => new(
        review.ReviewId.Value, review.Version, review.Kind, review.Status, review.ProductId?.Value, review.OrderId?.Value, review.CustomerId.Value, review.AccountId is null,
        review.Rating, review.FoodQuality, review.DeliveryRating, review.Text, review.Author, review.VerifiedPurchase, review.Reason, ReplyBody.Of(review), review.SubmittedAt, review.UpdatedAt);
}
