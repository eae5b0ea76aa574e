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
    };

    [Fact]
    public void An_order_has_one_payment_however_often_it_is_initiated() => new Spec<Payment, PaymentEvent>()
        .WhenNew(() => Payment.Initiate(Order, Amount, "sandbox", "sbx_1", "https://pay.example/sbx_1", Noon))
        .Then(Initiated);

    [Theory]
    [InlineData(PaymentState.Pending, true)]
    [InlineData(PaymentState.Failed, true)]
    [InlineData(PaymentState.Expired, true)]
    [InlineData(PaymentState.Authorized, false)]
    [InlineData(PaymentState.Voided, false)]
    public void An_authorization_is_a_fact_however_late(PaymentState state, bool recorded) =>
        Recorded(state, payment => payment.Authorize(Later), recorded ? Authorized with { At = Later } : null);

    [Theory]
    [InlineData(PaymentState.Pending, true)]
    [InlineData(PaymentState.Failed, false)]
    [InlineData(PaymentState.Expired, false)]
    [InlineData(PaymentState.Authorized, false)]
    [InlineData(PaymentState.Voided, false)]
    public void A_failure_counts_only_while_nothing_newer_is_known(PaymentState state, bool recorded) =>
        Recorded(state, payment => payment.Fail("card_declined", Later), recorded ? Failed with { At = Later } : null);

    [Fact]
    public void Releasing_gives_back_what_is_held()
    {
        Recorded(PaymentState.Pending, payment => payment.Release(Later), Expired with { At = Later });
        Recorded(PaymentState.Failed, payment => payment.Release(Later), Expired with { At = Later });
        Recorded(PaymentState.Authorized, payment => payment.Release(Later), Voided with { At = Later });
        Recorded(PaymentState.Expired, payment => payment.Release(Later), null);
        Recorded(PaymentState.Voided, payment => payment.Release(Later), null);
    }

    private static void Recorded(PaymentState state, Func<Payment, PaymentEvent[]> step, PaymentEvent? expected) =>
        new Spec<Payment, PaymentEvent>().Given(Histories[state]).When(step).Then(expected is null ? [] : [expected]);
}
