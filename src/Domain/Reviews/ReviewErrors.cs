namespace Mainstreet.Domain.Reviews;

public static class ReviewErrors
{
    public static readonly DomainError TextInvalid =
        new("text_invalid", $"The text of a review has 1 to {Review.MaxText} characters, or is left out.", ErrorKind.Invalid) { Place = "/text" };

    public static readonly DomainError AuthorInvalid =
        new("author_invalid", $"The name beside a review has 1 to {Review.MaxAuthor} characters, or is left out.", ErrorKind.Invalid) { Place = "/author" };

    public static readonly DomainError ReplyInvalid = new("reply_invalid", $"A reply has 1 to {Review.MaxText} characters.", ErrorKind.Invalid) { Place = "/text" };

    public static readonly DomainError ReasonInvalid =
        new("reason_invalid", $"A reason has 1 to {Review.MaxReason} characters, or is left out.", ErrorKind.Invalid) { Place = "/reason" };

    public static readonly DomainError NothingDelivered =
        new("nothing_delivered", "Only the delivery of an order that was delivered is rated.") { Place = "/delivery" };

    public static readonly DomainError NotHandedOver =
        new("order_not_handed_over", "An order is reviewed once it was delivered or collected.", ErrorKind.Conflict);

    public static readonly DomainError AlreadyReviewed =
        new("already_reviewed", "There is a review of it already: withdraw that one to write another.", ErrorKind.Conflict);

    public static DomainError RatingInvalid(string place) => new("rating_invalid", "A rating is 1 to 5.", ErrorKind.Invalid) { Place = place };
}
