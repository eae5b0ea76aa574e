using System.Text.Json;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Reviews;

public enum ReviewStatus
{
    /// <summary>It waits for somebody of the business.</summary>
    Submitted,
    Approved,
    Rejected,
    Withdrawn,
}

/// <summary>1 to 5 each.</summary>
/// <param name="FoodQuality">Of an order, if the customer says so.</param>
/// <param name="Delivery">Of an order that was delivered, if the customer says so.</param>
public sealed record ReviewRatings(int Overall, int? FoodQuality = null, int? Delivery = null)
{
    /// <summary>Errors: rating_invalid (400).</summary>
    /// <param name="overall">What the overall rating is called by whoever gives it.</param>
    internal void Validate(string overall)
    {
        Check.That(IsRating(Overall), ReviewErrors.RatingInvalid(overall));
        Check.That(FoodQuality is not { } food || IsRating(food), ReviewErrors.RatingInvalid("/food_quality"));
        Check.That(Delivery is not { } delivery || IsRating(delivery), ReviewErrors.RatingInvalid("/delivery"));
    }

    private static bool IsRating(int stars) => stars is >= 1 and <= 5;
}

/// <summary>What a customer says.</summary>
/// <param name="Text">Null: the ratings say it all.</param>
/// <param name="Author">As the customer wants to be called; null: nobody is named.</param>
public sealed record ReviewWords(string? Text, string? Author)
{
    /// <summary>Errors: text_invalid, author_invalid (400).</summary>
    internal void Validate()
    {
        Check.That(Text is null || Check.IsText(Text, Review.MaxText), ReviewErrors.TextInvalid);
        Check.That(Author is null || Check.IsText(Author, Review.MaxAuthor), ReviewErrors.AuthorInvalid);
    }

    /// <summary>Without the words, because requests end up in logs.</summary>
    public override string ToString() => nameof(ReviewWords);
}

/// <summary>
/// What a customer says of a product (CAT-05) or an order (ORD-08): submitted -> approved or rejected, which the business may decide anew; withdrawn by
/// the customer at any time, who may then write another one in its place. Repeating a step records nothing.
/// </summary>
/// <param name="Rating">The overall one.</param>
/// <param name="SubmittedAt">Who is erased after that has left no words, and gets none.</param>
/// <param name="Mistrusted">The business rejected it last: what is written in its place is not approved by itself.</param>
/// <param name="Reply">The business's, in its present words.</param>
public sealed record Review(
    ReviewId Id, ProductId? ProductId, OrderId? OrderId, CustomerId CustomerId, int Rating, ReviewStatus Status, DateTimeOffset SubmittedAt, bool Mistrusted = false, string? Reply = null)
    : IAggregate<Review, ReviewEvent>
{
    public const int MaxText = 4_000;
    public const int MaxAuthor = 60;
    public const int MaxReason = 500;

    private bool IsApproved => Status is ReviewStatus.Approved;

    /// <summary>One per customer and product. Who registers again after an erasure is another customer.</summary>
    public static ReviewId IdOf(ProductId product, AccountId account) => new(Uuid.Named("product_review", product.ToString(), account.ToString()));

    /// <summary>One per order.</summary>
    public static ReviewId IdOf(OrderId order) => new(Uuid.Named("order_review", order.ToString()));

    /// <summary>Errors: rating_invalid, text_invalid, author_invalid (400); already_reviewed (409).</summary>
    /// <param name="present">Null: there has never been one of this product by this customer.</param>
    /// <param name="verified">Whether the customer has got the product, as the product's own orders say.</param>
    public static ReviewEvent[] OfProduct(
        Review? present, ProductId product, AccountId account, CustomerId customer, int rating, ReviewWords words, bool verified, ReviewSettings settings, DateTimeOffset now)
    {
        var ratings = new ReviewRatings(rating);
        ratings.Validate("/rating");
        words.Validate();
        return Submit(present, new(IdOf(product, account), product, null, customer, account, ratings, words.Text, words.Author, verified, now), settings);
    }

    /// <summary>
    /// By the order's customer, or by whoever holds its token. Errors: rating_invalid, text_invalid, author_invalid (400); order_not_handed_over,
    /// already_reviewed (409); nothing_delivered (422).
    /// </summary>
    /// <param name="present">Null: there has never been one of this order.</param>
    /// <param name="account">Null: it is a guest who writes.</param>
    public static ReviewEvent[] OfOrder(
        Review? present, Order order, AccountId? account, ReviewRatings ratings, ReviewWords words, ReviewSettings settings, DateTimeOffset now)
    {
        ratings.Validate("/overall");
        words.Validate();
        Check.That(order.IsHandedOver, ReviewErrors.NotHandedOver);
        Check.That(ratings.Delivery is null || order.DeliveryType == DeliveryType.Delivery, ReviewErrors.NothingDelivered);
        return Submit(present, new(IdOf(order.Id), null, order.Id, order.CustomerId, account, ratings, words.Text, words.Author, VerifiedPurchase: true, now), settings);
    }

    public ReviewEvent[] Approve(DateTimeOffset now) => Status switch
    {
        ReviewStatus.Approved => [],
        ReviewStatus.Submitted or ReviewStatus.Rejected => [new ReviewApproved(Id, ProductId, OrderId, Rating, now)],
        ReviewStatus.Withdrawn => throw Illegal("approve"),
    };

    /// <param name="reason">For the customer; null: none is given.</param>
    public ReviewEvent[] Reject(string? reason, DateTimeOffset now)
    {
        Check.That(reason is null || Check.IsText(reason, MaxReason), ReviewErrors.ReasonInvalid);
        return Status switch
        {
            ReviewStatus.Rejected => [],
            ReviewStatus.Submitted or ReviewStatus.Approved => [new ReviewRejected(Id, ProductId, OrderId, CustomerId, Rating, IsApproved, reason, now)],
            ReviewStatus.Withdrawn => throw Illegal("reject"),
        };
    }

    /// <summary>There is one reply, whose words may change.</summary>
    public ReviewEvent[] Respond(string text, DateTimeOffset now)
    {
        Check.That(Check.IsText(text, MaxText), ReviewErrors.ReplyInvalid);
        return Status is ReviewStatus.Withdrawn ? throw Illegal("reply")
            : string.Equals(text, Reply, StringComparison.Ordinal) ? []
            : [new ReviewReplied(Id, ProductId, OrderId, CustomerId, text, now)];
    }

    public ReviewEvent[] Withdraw(DateTimeOffset now) =>
        Status is ReviewStatus.Withdrawn ? [] : [new ReviewWithdrawn(Id, ProductId, OrderId, Rating, IsApproved, now)];

    public static Review Evolve(Review? state, ReviewEvent e) => (state, e) switch
    {
        (null or { Status: ReviewStatus.Withdrawn }, ReviewSubmitted submitted) => new(
            submitted.ReviewId, submitted.ProductId, submitted.OrderId, submitted.CustomerId, submitted.Ratings.Overall, ReviewStatus.Submitted, submitted.At, state?.Mistrusted ?? false),
        ({ }, ReviewApproved) => state with { Status = ReviewStatus.Approved, Mistrusted = false },
        ({ }, ReviewRejected) => state with { Status = ReviewStatus.Rejected, Mistrusted = true },
        ({ }, ReviewReplied replied) => state with { Reply = replied.Text },
        ({ }, ReviewWithdrawn) => state with { Status = ReviewStatus.Withdrawn },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {state?.Status.ToString() ?? "an empty stream"}."),
    };

    /// <summary>Without the words, because states end up in logs.</summary>
    public override string ToString() => $"Review {Id}";

    private static ReviewEvent[] Submit(Review? present, ReviewSubmitted submitted, ReviewSettings settings)
    {
        Check.That(present is null or { Status: ReviewStatus.Withdrawn }, ReviewErrors.AlreadyReviewed);
        var review = Evolve(present, submitted);
        return settings.Moderation is ReviewModeration.Auto && submitted.VerifiedPurchase && !review.Mistrusted ? [submitted, .. review.Approve(submitted.At)] : [submitted];
    }

    private DomainException Illegal(string step) =>
        new(DomainError.IllegalTransition("Review", JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()), step));
}
