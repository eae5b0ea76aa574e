using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payouts;

public enum LedgerAccount
{
    /// <summary>What the platform's provider has.</summary>
    Provider,

    /// <summary>What the platform owes the business: minus that.</summary>
    Business,

    /// <summary>What the platform has earned: minus that.</summary>
    PlatformFees,

    /// <summary>What is on its way to the business: minus that.</summary>
    InTransit,

    /// <summary>What operators have corrected.</summary>
    Adjustments,
}

public enum LedgerEntryKind
{
    Payment,
    Refund,
    RefundFailed,
    Dispute,
    DisputeWon,
    Fee,
    FeeReversal,
    FeeReinstated,
    Adjustment,

    /// <summary>A payout came back: it is owed again.</summary>
    PayoutReversed,
    PayoutStarted,
    PayoutPaid,
    PayoutFailed,
}

/// <summary>What an account has more.</summary>
public sealed record LedgerLine(LedgerAccount Account, Money Amount);

/// <summary>Facts of the book that is kept of a business in one currency.</summary>
public abstract record LedgerEvent : IEvent;

[EventType("ledger.period_opened.v1", Internal = true)]
public sealed record LedgerPeriodOpened(PayoutId PayoutId, int Number, PayoutPeriod Period, Money Opening, DateTimeOffset At) : LedgerEvent;

/// <summary>The lines add up to nothing.</summary>
/// <param name="Amount">What the business is owed more by it.</param>
/// <param name="PayoutId">On whose statement it stands; null: it only moves what stands there already.</param>
[EventType("ledger.posted.v1", Internal = true)]
public sealed record LedgerPosted(
    long Number, LedgerEntryKind Kind, Money Amount, LedgerLine[] Lines, TransactionRef? Transaction, PayoutId? PayoutId, string? Note, DateTimeOffset At) : LedgerEvent;

[EventType("ledger.period_closed.v1", Internal = true)]
public sealed record LedgerPeriodClosed(PayoutId PayoutId, Money Carried, DateTimeOffset At) : LedgerEvent;

[JsonSerializable(typeof(LedgerPeriodOpened))]
[JsonSerializable(typeof(LedgerPosted))]
[JsonSerializable(typeof(LedgerPeriodClosed))]
[JsonSerializable(typeof(Ledger))]
internal sealed partial class LedgerJson : JsonSerializerContext;
