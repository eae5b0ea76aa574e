using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payouts;

/// <summary>A payout as operators list it.</summary>
/// <param name="Version">Of the payout in its business's log.</param>
/// <param name="Net">What is to be paid.</param>
public sealed record PayoutSummary(
    PayoutId PayoutId, TenantId BusinessId, PayeeType PayeeType, Guid PayeeId, int Number, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil, PayoutStatus Status,
    Money Gross, Money Refunds, Money PlatformFees, Money Adjustments, Money Net, int Version);

/// <summary>How a payout of some business stands, in the platform's log: the queue that operators work through (PAY-06). Older news than what is known is none.</summary>
public sealed record PayoutRecord(PayoutSummary Summary) : IAggregate<PayoutRecord, PayoutRecordEvent>
{
    public static PayoutRecordEvent[] Note(PayoutRecord? known, PayoutSummary summary, DateTimeOffset now) =>
        known?.Summary.Version >= summary.Version ? [] : [new PayoutNoted(summary, now)];

    public static PayoutRecord Evolve(PayoutRecord? known, PayoutRecordEvent e) => e switch
    {
        PayoutNoted noted => new(noted.Summary),
        _ => throw new InvalidOperationException($"{e.GetType().Name} means nothing for a record."),
    };
}

/// <summary>Recorded in the platform's log.</summary>
public abstract record PayoutRecordEvent : IEvent;

[EventType("payout_record.noted.v1", Internal = true)]
public sealed record PayoutNoted(PayoutSummary Summary, DateTimeOffset At) : PayoutRecordEvent;

[JsonSerializable(typeof(PayoutNoted))]
internal sealed partial class PayoutRecordJson : JsonSerializerContext;
