using Mainstreet.Domain.Payments;
using static Mainstreet.Domain.Tests.Payments.PaymentSamples;

namespace Mainstreet.Domain.Tests.Payments;

/// <summary>Refunds, as staff ask for them and as providers report them, and what customers' banks take back.</summary>
public class GivingBack
{
    private static readonly DateTimeOffset Later = Noon.AddHours(5);

    private static readonly RefundId Second = new(Uuid.Named("second"));

    [Fact]
    public void What_is_captured_can_be_refunded_in_parts()
    {
        Paid(Requested).State.ShouldBe(PaymentState.Completed, "it has not gone back yet");
        Paid(Requested, Made).State.ShouldBe(PaymentState.PartiallyRefunded);
        var rest = Given(Requested, Made).When(payment => payment.RequestRefund(Second, null, null, automatic: false, Later))
            .Then(Requested with { RefundId = Second, Amount = Eur(2_250), Reason = null, At = Later });
        rest.Left.ShouldBe(Eur(0));
        rest.CompleteRefund(Second, "re_2", Later).Aggregate(rest, Payment.Evolve).State.ShouldBe(PaymentState.Refunded);
    }

    [Fact]
    public void No_more_goes_back_than_was_captured_counting_what_is_on_its_way()
    {
        var refused = Given(Requested).When(payment => payment.RequestRefund(Second, Eur(2_251), null, automatic: false, Later)).ThenRejected("refund_exceeds_payment");
        refused.Details!["left"].ShouldBe(Eur(2_250));
        Given(Requested).When(payment => payment.RequestRefund(Second, Eur(0), null, automatic: false, Later)).ThenRejected("refund_amount_invalid");
        Given(Requested).When(payment => payment.RequestRefund(Second, new(1, "USD"), null, automatic: false, Later)).ThenRejected("refund_amount_invalid");
        Given(Requested with { Amount = Amount }).When(payment => payment.RequestRefund(Second, null, null, automatic: false, Later)).ThenRejected("nothing_to_refund");
        Given(Requested).When(payment => payment.RequestRefund(First, null, null, automatic: false, Later)).ThenNothing();
    }

    [Fact]
    public void Only_what_the_business_has_is_refunded()
    {
        foreach (var history in new PaymentEvent[][] { [Initiated], [Initiated, Authorized], [Initiated, Authorized, Voided], [Initiated, Expired], [Initiated, Failed] })
        {
            new Spec<Payment, PaymentEvent>().Given(history).When(payment => payment.RequestRefund(First, null, null, automatic: false, Later)).ThenRejected("payment_not_captured");
            new Spec<Payment, PaymentEvent>().Given(history).When(payment => payment.RefundRest(Later)).ThenNothing();
        }
    }

    [Fact]
    public void A_failed_refund_can_be_asked_for_again()
    {
        Given(Requested).When(payment => payment.FailRefund(First, "expired_card", Refused.At)).Then(Refused).Left.ShouldBe(Amount);
        Given(Requested, Made).When(payment => payment.FailRefund(First, "expired_card", Refused.At)).Then(Refused).State.ShouldBe(PaymentState.Completed, "the bank sent it back");
        Given(Requested, Refused).When(payment => payment.CompleteRefund(First, "re_1", Later)).ThenNothing();
        Given(Requested, Refused).When(payment => payment.FailRefund(First, "expired_card", Later)).ThenNothing();
        Given(Requested, Made).When(payment => payment.CompleteRefund(First, "re_1", Later)).ThenNothing();
        Given(Requested).When(payment => payment.CompleteRefund(Second, "re_2", Later)).ThenNothing();
    }

    [Fact]
    public void The_rest_of_an_order_that_is_given_up_goes_back_by_itself_once()
    {
        var refunding = Given(Requested, Made).When(payment => payment.RefundRest(Later))
            .Then(Requested with { RefundId = new(Uuid.Named("refund", Initiated.PaymentId.ToString(), "1")), Amount = Eur(2_250), Reason = null, Automatic = true, At = Later });
        refunding.RefundRest(Later).ShouldBeEmpty();
    }

    [Fact]
    public void A_refund_made_at_the_provider_is_known_by_its_reference_however_often_it_is_told()
    {
        var elsewhere = Made with { RefundId = new(Uuid.Named("refund", Initiated.PaymentId.ToString(), "re_9")), Amount = Eur(500), Refunded = Eur(1_500), RefundReference = "re_9", At = Later };
        Given(Requested, Made).When(payment => payment.RecordRefund("re_9", Eur(500), failure: null, Later)).Then(elsewhere).Left.ShouldBe(Eur(1_750));
        Given(Requested, Made, elsewhere).When(payment => payment.RecordRefund("re_9", Eur(500), failure: null, Later)).ThenNothing();
        Given(Requested, Made).When(payment => payment.RecordRefund("re_9", Eur(500), failure: "declined", Later)).ThenNothing();
        Given(Requested, Made, elsewhere).When(payment => payment.RecordRefund("re_9", Eur(500), failure: "declined", Later))
            .Then(Refused with { RefundId = elsewhere.RefundId, Amount = Eur(500), Refunded = Eur(1_000), Reason = "declined", At = Later }).Left.ShouldBe(Eur(2_250));
        new Spec<Payment, PaymentEvent>().Given(Initiated).When(payment => payment.RecordRefund("re_9", Eur(500), failure: null, Later)).ThenNothing();
        Given(Requested).When(payment => payment.RecordRefund("re_9", new(500, "USD"), failure: null, Later)).ThenNothing();
    }

    [Fact]
    public void While_a_payment_is_disputed_nothing_is_refunded()
    {
        Paid(Disputed).State.ShouldBe(PaymentState.Disputed);
        Given(Disputed).When(payment => payment.RequestRefund(First, null, null, automatic: false, Later)).ThenRejected("payment_disputed");
        Given(Disputed).When(payment => payment.RefundRest(Later)).ThenNothing();
        Given(Disputed).When(payment => payment.OpenDispute("dp_1", Amount, "fraudulent", Later)).ThenNothing();
        Given(Disputed).When(payment => payment.ResolveDispute("dp_1", Amount, "fraudulent", won: false, Lost.At)).Then(Lost).State.ShouldBe(PaymentState.Refunded);
        Given(Disputed).When(payment => payment.ResolveDispute("dp_1", Amount, "fraudulent", won: true, Lost.At))
            .Then(Lost with { Won = true, Refunded = Eur(0) }).State.ShouldBe(PaymentState.Completed);
    }

    [Fact]
    public void The_end_of_a_dispute_that_is_told_before_its_begin_is_the_end()
    {
        var ended = Given().When(payment => payment.ResolveDispute("dp_1", Amount, "fraudulent", won: false, Lost.At)).Then(Disputed with { At = Lost.At }, Lost);
        ended.OpenDispute("dp_1", Amount, "fraudulent", Later).ShouldBeEmpty();
        ended.ResolveDispute("dp_1", Amount, "fraudulent", won: false, Later).ShouldBeEmpty();
    }

    private static Spec<Payment, PaymentEvent> Given(params PaymentEvent[] events) => new Spec<Payment, PaymentEvent>().Given([Initiated, Authorized, Captured, .. events]);

    private static Payment Paid(params PaymentEvent[] events) => new PaymentEvent[] { Initiated, Authorized, Captured }.Concat(events).Aggregate((Payment?)null, Payment.Evolve)!;
}
