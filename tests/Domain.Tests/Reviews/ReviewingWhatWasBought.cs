using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Reviews;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Reviews;

public class ReviewingWhatWasBought
{
    private static readonly AccountId Account = new(Uuid.Named("account"));
    private static readonly ProductId Pizza = new(Uuid.Named("product", "pizza"));
    private static readonly ReviewId OfPizza = Review.IdOf(Pizza, Account);
    private static readonly ReviewSettings Manual = ReviewSettings.Default;
    private static readonly ReviewSettings Auto = new(ReviewModeration.Auto);
    private static readonly ReviewWords Words = new("Crisp.", "Anna B.");
    private static readonly ReviewWords Nothing = new(null, null);

    private static readonly ReviewSubmitted Submitted = new(OfPizza, Pizza, null, Anna, Account, new(4), "Crisp.", "Anna B.", VerifiedPurchase: true, Noon);
    private static readonly ReviewApproved Approved = new(OfPizza, Pizza, null, 4, Noon);
    private static readonly ReviewRejected Rejected = new(OfPizza, Pizza, null, Anna, 4, WasApproved: false, "Off topic.", Noon);
    private static readonly ReviewReplied Replied = new(OfPizza, Pizza, null, Anna, "Thank you, Anna!", Noon);
    private static readonly ReviewWithdrawn Withdrawn = new(OfPizza, Pizza, null, 4, WasApproved: false, Noon);

    private static readonly ReviewSubmitted OfOrder = new(Review.IdOf(Id), null, Id, Anna, null, new(5, 4, 3), null, null, VerifiedPurchase: true, Noon);

    internal static ReviewEvent[][] Streams =>
    [
        [Submitted, Approved, Replied, Rejected with { WasApproved = true }, Approved, Withdrawn with { WasApproved = true }, Submitted],
        [OfOrder],
    ];

    internal static ReviewSettingsEvent[][] Settings => [[new ReviewSettingsChanged(ReviewModeration.Auto, Noon)]];

    [Fact]
    public void What_is_said_of_a_product_waits_for_the_business_unless_its_settings_approve_it()
    {
        Spec().WhenNew(() => Say(null, 4, Words, Manual)).Then(Submitted);
        Spec().WhenNew(() => Say(null, 4, Words, Auto)).Then(Submitted, Approved);
        Spec().WhenNew(() => Say(null, 4, Words, Auto, verified: false)).Then(Submitted with { VerifiedPurchase = false });
    }

    [Fact]
    public void Ratings_are_1_to_5_and_words_may_be_left_out_but_not_be_blank()
    {
        Spec().WhenNew(() => Say(null, 4, Nothing, Manual)).Then(Submitted with { Text = null, Author = null });
        Spec().WhenNew(() => Say(null, 0, Words, Manual)).ThenRejected("rating_invalid").Place.ShouldBe("/rating");
        Spec().WhenNew(() => Say(null, 6, Words, Manual)).ThenRejected("rating_invalid");
        Spec().WhenNew(() => Say(null, 4, new(" ", null), Manual)).ThenRejected("text_invalid");
        Spec().WhenNew(() => Say(null, 4, new(new string('x', 4_001), null), Manual)).ThenRejected("text_invalid");
        Spec().WhenNew(() => Say(null, 4, new(null, new string('x', 61)), Manual)).ThenRejected("author_invalid");
        Spec().WhenNew(() => OfAnOrder(null, Brought, new(5, FoodQuality: 6))).ThenRejected("rating_invalid").Place.ShouldBe("/food_quality");
        Spec().WhenNew(() => OfAnOrder(null, Brought, new(5, Delivery: 0))).ThenRejected("rating_invalid").Place.ShouldBe("/delivery");
    }

    [Fact]
    public void A_customer_has_one_review_of_a_product_and_another_one_once_that_is_withdrawn()
    {
        Spec().Given(Submitted).When(review => Say(review, 5, Words, Manual)).ThenRejected("already_reviewed");
        Spec().Given(Submitted, Rejected).When(review => Say(review, 5, Words, Manual)).ThenRejected("already_reviewed");
        Spec().Given(Submitted, Withdrawn).When(review => Say(review, 4, Words, Auto)).Then(Submitted, Approved);
    }

    [Fact]
    public void What_takes_the_place_of_a_rejected_review_is_not_approved_by_itself()
    {
        Spec().Given(Submitted, Rejected, Withdrawn).When(review => Say(review, 4, Words, Auto)).Then(Submitted);
        Spec().Given(Submitted, Rejected, Approved, Withdrawn).When(review => Say(review, 4, Words, Auto)).Then(Submitted, Approved);
        Spec().Given(Submitted, Rejected, Withdrawn, Submitted, Withdrawn).When(review => Say(review, 4, Words, Auto)).Then(Submitted);
    }

    [Fact]
    public void An_order_is_reviewed_once_its_goods_were_handed_over()
    {
        Spec().WhenNew(() => OfAnOrder(null, Brought, new(5, 4, 3))).Then(OfOrder);
        Spec().WhenNew(() => OfAnOrder(null, Fold(Placed(), Confirmed, Ready, Left, Delivered, Completed), new(5, 4, 3))).Then(OfOrder);
        Spec().WhenNew(() => OfAnOrder(null, Fold(Placed(type: DeliveryType.Pickup), Confirmed, Ready, Collected), new(5, 4)))
            .Then(OfOrder with { Ratings = new(5, 4) });
        foreach (var order in new[] { Fold(Placed()), Fold(Placed(), Confirmed, Ready, Left), Fold(Placed(), Confirmed, Canceled), Fold(Placed(), Confirmed, Ready, Left, Failed, Returned) })
        {
            Spec().WhenNew(() => OfAnOrder(null, order, new(5))).ThenRejected("order_not_handed_over");
        }

        Spec().Given(OfOrder).When(review => OfAnOrder(review, Brought, new(1))).ThenRejected("already_reviewed");
    }

    [Fact]
    public void Only_a_delivery_that_there_was_is_rated() => Spec()
        .WhenNew(() => OfAnOrder(null, Fold(Placed(type: DeliveryType.Pickup), Confirmed, Ready, Collected), new(5, Delivery: 5)))
        .ThenRejected("nothing_delivered");

    [Fact]
    public void The_business_decides_and_may_decide_anew()
    {
        Spec().Given(Submitted).When(review => review.Approve(Noon)).Then(Approved);
        Spec().Given(Submitted, Approved).When(review => review.Approve(Noon)).ThenNothing();
        Spec().Given(Submitted).When(review => review.Reject("Off topic.", Noon)).Then(Rejected);
        Spec().Given(Submitted, Approved).When(review => review.Reject("Off topic.", Noon)).Then(Rejected with { WasApproved = true });
        Spec().Given(Submitted, Rejected).When(review => review.Reject(null, Noon)).ThenNothing();
        Spec().Given(Submitted, Rejected).When(review => review.Approve(Noon)).Then(Approved);
        Spec().Given(Submitted).When(review => review.Reject(" ", Noon)).ThenRejected("reason_invalid");
    }

    [Fact]
    public void There_is_one_reply_whose_words_may_change()
    {
        Spec().Given(Submitted).When(review => review.Respond("Thank you, Anna!", Noon)).Then(Replied);
        Spec().Given(Submitted, Replied).When(review => review.Respond("Thank you, Anna!", Noon)).ThenNothing();
        Spec().Given(Submitted, Replied).When(review => review.Respond("Come again.", Noon)).Then(Replied with { Text = "Come again." });
        Spec().Given(Submitted).When(review => review.Respond(" ", Noon)).ThenRejected("reply_invalid");
    }

    [Fact]
    public void What_is_withdrawn_is_over()
    {
        Spec().Given(Submitted, Approved).When(review => review.Withdraw(Noon)).Then(Withdrawn with { WasApproved = true });
        Spec().Given(Submitted, Withdrawn).When(review => review.Withdraw(Noon)).ThenNothing();
        Spec().Given(Submitted, Withdrawn).When(review => review.Approve(Noon)).ThenRejected("illegal_transition");
        Spec().Given(Submitted, Withdrawn).When(review => review.Reject(null, Noon)).ThenRejected("illegal_transition");
        Spec().Given(Submitted, Withdrawn).When(review => review.Respond("Oh.", Noon)).ThenRejected("illegal_transition");
    }

    [Fact]
    public void Reviews_wait_for_the_business_until_it_says_otherwise()
    {
        new Spec<ReviewSettings, ReviewSettingsEvent>().WhenNew(() => ReviewSettings.Change(null, ReviewModeration.Manual, Noon)).ThenNothing();
        new Spec<ReviewSettings, ReviewSettingsEvent>().WhenNew(() => ReviewSettings.Change(null, ReviewModeration.Auto, Noon)).Then(new ReviewSettingsChanged(ReviewModeration.Auto, Noon));
        new Spec<ReviewSettings, ReviewSettingsEvent>().Given(Settings[0]).When(settings => ReviewSettings.Change(settings, ReviewModeration.Manual, Noon))
            .Then(new ReviewSettingsChanged(ReviewModeration.Manual, Noon));
    }

    [Fact]
    public void Neither_a_state_nor_words_are_written_out_in_logs()
    {
        Evolved(Submitted, Replied).ToString().ShouldNotContain("Anna");
        Words.ToString().ShouldNotContain("Crisp");
    }

    private static Order Brought => Fold(Placed(), Confirmed, Ready, Left, Delivered);

    private static Spec<Review, ReviewEvent> Spec() => new();

    private static ReviewEvent[] Say(Review? present, int rating, ReviewWords words, ReviewSettings settings, bool verified = true) =>
        Review.OfProduct(present, Pizza, Account, Anna, rating, words, verified, settings, Noon);

    private static ReviewEvent[] OfAnOrder(Review? present, Order order, ReviewRatings ratings) => Review.OfOrder(present, order, account: null, ratings, Nothing, Manual, Noon);

    private static Order Fold(params OrderEvent[] events) => events.Aggregate((Order?)null, Order.Evolve)!;

    private static Review Evolved(params ReviewEvent[] events) => events.Aggregate((Review?)null, Review.Evolve)!;
}
