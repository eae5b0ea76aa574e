using Mainstreet.Domain;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Payments;

/// <summary>
/// What a provider says of a payment, as the answer to a request or by itself. All of them may come late, twice or out of order: the payment decides what
/// is news (PAY-09).
/// </summary>
public abstract record PaymentReport
{
    internal abstract PaymentEvent[] Decide(Payment payment, DateTimeOffset now);

    /// <summary>It holds the money.</summary>
    public sealed record Authorized : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.Authorize(now);
    }

    /// <summary>The business has the money.</summary>
    public sealed record Captured(Money Amount) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.Capture(Amount, now);
    }

    /// <summary>The customer could not pay, and may try again.</summary>
    /// <param name="Reason">The provider's code.</param>
    public sealed record Declined(string Reason) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.Fail(Reason, now);
    }

    /// <summary>What it held cannot be had.</summary>
    /// <param name="Reason">The provider's code.</param>
    public sealed record CaptureRefused(string Reason) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.RefuseCapture(Reason, now);
    }

    /// <summary>It holds nothing, and takes nothing any more.</summary>
    public sealed record Released : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.Release(now);
    }

    /// <summary>A refund that was asked for is made.</summary>
    /// <param name="Reference">What the provider calls it.</param>
    public sealed record RefundMade(RefundId RefundId, string Reference) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.CompleteRefund(RefundId, Reference, now);
    }

    /// <param name="Reason">The provider's code.</param>
    public sealed record RefundRefused(RefundId RefundId, string Reason) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.FailRefund(RefundId, Reason, now);
    }

    /// <summary>So much went back in all, of so much that was taken: also by refunds that were made at the provider.</summary>
    public sealed record RefundedInAll(Money Taken, Money Refunded, string Reference) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now)
        {
            var captured = payment.Capture(Taken, now);
            return [.. captured, .. captured.Aggregate(payment, Payment.Evolve).RecordRefunds(Refunded, Reference, now)];
        }
    }

    /// <param name="Amount">Null: all of it.</param>
    /// <param name="Won">Null: it is not decided.</param>
    public sealed record Disputed(string Dispute, Money? Amount, string Reason, bool? Won) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now)
        {
            var captured = payment.Capture(payment.Amount, now); // nobody disputes what was not paid
            var (paid, amount) = (captured.Aggregate(payment, Payment.Evolve), Amount ?? payment.Amount);
            return [.. captured, .. Won is { } won ? paid.ResolveDispute(Dispute, amount, Reason, won, now) : paid.OpenDispute(Dispute, amount, Reason, now)];
        }
    }
}
