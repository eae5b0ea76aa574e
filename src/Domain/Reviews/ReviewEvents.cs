using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Reviews;

public abstract record ReviewEvent : IEvent;

/// <param name="ProductId">Of a product's review.</param>
/// <param name="OrderId">Of an order's review.</param>
/// <param name="AccountId">In which it was written; null: by a guest, with the order's token.</param>
/// <param name="Author">As the customer wants to be called; null: nobody is named.</param>
/// <param name="VerifiedPurchase">The customer has got what is reviewed. The product finds out, nobody claims it.</param>
[EventType("review.submitted.v1", Description = "A customer reviewed a product or an order. The review is seen by nobody else until it is approved.")]
public sealed record ReviewSubmitted(
    ReviewId ReviewId,
    ProductId? ProductId,
    OrderId? OrderId,
    [property: DataSubject] CustomerId CustomerId,
    AccountId? AccountId,
    ReviewRatings Ratings,
    [property: PersonalData] string? Text,
    [property: PersonalData] string? Author,
    bool VerifiedPurchase,
    DateTimeOffset At) : ReviewEvent;

[EventType("review.approved.v1", Description = "A review was approved, by somebody of the business or at once by its settings. That of a product is public from now on, and counts.")]
public sealed record ReviewApproved(ReviewId ReviewId, ProductId? ProductId, OrderId? OrderId, int Rating, DateTimeOffset At) : ReviewEvent;

/// <param name="WasApproved">It counted until now.</param>
[EventType("review.rejected.v1", Description = "The business rejected a review. If it was approved before, it no longer counts.")]
public sealed record ReviewRejected(
    ReviewId ReviewId,
    ProductId? ProductId,
    OrderId? OrderId,
    [property: DataSubject] CustomerId CustomerId,
    int Rating,
    bool WasApproved,
    [property: PersonalData] string? Reason,
    DateTimeOffset At) : ReviewEvent;

/// <summary>What is answered to a person may name them, so it goes with what they wrote.</summary>
[EventType("review.replied.v1", Description = "The business replied to a review, for the first time or in other words.")]
public sealed record ReviewReplied(
    ReviewId ReviewId, ProductId? ProductId, OrderId? OrderId, [property: DataSubject] CustomerId CustomerId, [property: PersonalData] string Text, DateTimeOffset At) : ReviewEvent;

/// <param name="WasApproved">It counted until now.</param>
[EventType("review.withdrawn.v1", Description = "A customer withdrew a review. If it was approved before, it no longer counts.")]
public sealed record ReviewWithdrawn(ReviewId ReviewId, ProductId? ProductId, OrderId? OrderId, int Rating, bool WasApproved, DateTimeOffset At) : ReviewEvent;

[JsonSerializable(typeof(ReviewSubmitted))]
[JsonSerializable(typeof(ReviewApproved))]
[JsonSerializable(typeof(ReviewRejected))]
[JsonSerializable(typeof(ReviewReplied))]
[JsonSerializable(typeof(ReviewWithdrawn))]
internal sealed partial class ReviewJson : JsonSerializerContext;
