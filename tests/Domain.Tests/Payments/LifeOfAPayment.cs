using Mainstreet.Domain.Payments;
using static Mainstreet.Domain.Tests.Payments.PaymentSamples;

namespace Mainstreet.Domain.Tests.Payments;

public class LifeOfAPayment
{
    private static readonly DateTimeOffset Later = Noon.AddHours(1);

    private static readonly Dictionary<PaymentState, PaymentEvent[]> Histories = new()
    {
        [PaymentState.Pending] = [Initiated],
        [PaymentState.Authorized] = [Initiated, Authorized],
        [PaymentState.Failed] = [Initiated, Failed],
        [PaymentState.Expired] = [Initiated, Expired],
        [PaymentState.Voided] = [Initiated, Authorized, Voided],
        [PaymentState.Completed] = [Initiated, Authorized, Captured],
        [PaymentState.PartiallyRefunded] = [Initiated, Authorized, Captured, Requested, Made],
        [PaymentState.Disputed] = [Initiated, Authorized, Captured, Disputed],
        [PaymentState.Refunded] = [Initiated, Authorized, Captured, Disputed, Lost],
    };

    [Fact]
    public void An_order_has_one_payment_however_often_it_is_initiated() => new Spec<Payment, PaymentEvent>()
        .WhenNew(() => Payment.Initiate(Order, Amount, "sandbox", "sbx_1", "https://pay.example/sbx_1", new(Uuid.Named("connection")), Noon))
        .Then(Initiated);

    [Theory]
    [InlineData(PaymentState.Pending, true)]
    [InlineData(PaymentState.Failed, true)]
    [InlineData(PaymentState.Expired, true)]
    [InlineData(PaymentState.Authorized, false)]
    [InlineData(PaymentState.Voided, false)]
    [InlineData(PaymentState.Completed, false)]
    [InlineData(PaymentState.PartiallyRefunded, false)]
    [InlineData(PaymentState.Disputed, false)]
    [InlineData(PaymentState.Refunded, false)]
    public void An_authorization_is_a_fact_however_late(PaymentState state, bool recorded) =>
        Recorded(state, payment => payment.Authorize(Later), recorded ? Authorized with { At = Later } : null);

    [Theory]
    [InlineData(PaymentState.Pending, true)]
    [InlineData(PaymentState.Failed, false)]
    [InlineData(PaymentState.Expired, false)]
    [InlineData(PaymentState.Authorized, false)]
    [InlineData(PaymentState.Voided, false)]
    [InlineData(PaymentState.Completed, false)]
    [InlineData(PaymentState.PartiallyRefunded, false)]
    [InlineData(PaymentState.Disputed, false)]
    [InlineData(PaymentState.Refunded, false)]
    public void A_failure_counts_only_while_nothing_newer_is_known(PaymentState state, bool recorded) =>
        Recorded(state, payment => payment.Fail("card_declined", Later), recorded ? Failed with { At = Later } : null);

    [Fact]
    public void Releasing_gives_back_what_is_held()
    {
        Recorded(PaymentState.Pending, payment => payment.Release(Later), Expired with { At = Later });
        Recorded(PaymentState.Failed, payment => payment.Release(Later), Expired with { At = Later });
        Recorded(PaymentState.Authorized, payment => payment.Release(Later), Voided with { At = Later });
        foreach (var state in Histories.Keys.Except([PaymentState.Pending, PaymentState.Failed, PaymentState.Authorized]))
        {
            Recorded(state, payment => payment.Release(Later));
        }
    }

    [Fact]
    public void What_was_captured_is_a_fact_too_and_was_held_before()
    {
        var captured = Captured with { At = Later };
        Recorded(PaymentState.Authorized, payment => payment.Capture(Amount, Later), captured);
        Recorded(PaymentState.Voided, payment => payment.Capture(Amount, Later), captured);
        foreach (var state in new[] { PaymentState.Pending, PaymentState.Failed, PaymentState.Expired })
        {
            Recorded(state, payment => payment.Capture(Amount, Later), Authorized with { At = Later }, captured);
        }

        foreach (var state in new[] { PaymentState.Completed, PaymentState.PartiallyRefunded, PaymentState.Refunded, PaymentState.Disputed })
        {
            Recorded(state, payment => payment.Capture(Amount, Later));
        }
    }

    [Fact]
    public void Only_what_is_held_can_be_refused_when_it_is_taken()
    {
        foreach (var state in Histories.Keys)
        {
            Recorded(state, payment => payment.RefuseCapture("card_declined", Later), state == PaymentState.Authorized ? Failed with { At = Later } : null);
        }
    }

    private static void Recorded(PaymentState state, Func<Payment, PaymentEvent[]> step, params PaymentEvent?[] expected) =>
        new Spec<Payment, PaymentEvent>().Given(Histories[state]).When(step).Then([.. expected.OfType<PaymentEvent>()]);
}
