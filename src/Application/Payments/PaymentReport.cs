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

    /// <summary>A refund that nobody asked for here: somebody made it at the provider.</summary>
    /// <param name="Reference">What the provider calls it.</param>
    /// <param name="Failure">The provider's code, where it came to nothing; null: it is made.</param>
    public sealed record RefundFound(string Reference, Money Amount, string? Failure) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now) => payment.RecordRefund(Reference, Amount, Failure, now);
    }

    /// <summary>Several at once, the first of which holds before the second.</summary>
    public sealed record Several(IReadOnlyList<PaymentReport> Reports) : PaymentReport
    {
        internal override PaymentEvent[] Decide(Payment payment, DateTimeOffset now)
        {
            var all = new List<PaymentEvent>();
            foreach (var report in Reports)
            {
                var events = report.Decide(payment, now);
                all.AddRange(events);
                payment = events.Aggregate(payment, Payment.Evolve);
            }

            return [.. all];
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
