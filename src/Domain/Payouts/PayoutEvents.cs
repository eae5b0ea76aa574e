using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payouts;

public enum PayeeType
{
    Business,
    Driver,
}

/// <summary>Facts about what one payee is paid for one period in one currency (PAY-05).</summary>
public abstract record PayoutEvent : IEvent;

/// <param name="Number">Of the payee's payouts in this currency, from 1 on.</param>
/// <param name="Opening">Carried over from before: nothing, or less.</param>
[EventType("payout.opened.v1", Description = "A period began for which a business or a driver will be paid.")]
public sealed record PayoutOpened(
    PayoutId PayoutId, PayeeType PayeeType, Guid PayeeId, int Number, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil, Money Opening, DateTimeOffset At) : PayoutEvent;

/// <param name="Net">What is to be paid: what all of it adds up to, where that is more than nothing.</param>
/// <param name="CarriedOver">What it adds up to where that is less than nothing: the next period begins with it.</param>
/// <param name="Lines">How many are on the statement.</param>
[EventType("payout.calculated.v1", Description = "A period is over: what was collected for the payee in it, what the platform's fees are, and what is to be paid.")]
public sealed record PayoutCalculated(
    PayoutId PayoutId, Money Opening, Money Gross, Money Refunds, Money PlatformFees, Money DriverPayments, Money Adjustments, Money Net, Money CarriedOver, int Lines,
    DateTimeOffset At) : PayoutEvent;

/// <param name="Automatic">Nobody had to.</param>
[EventType("payout.approved.v1", Description = "A payout may be processed.")]
public sealed record PayoutApproved(PayoutId PayoutId, bool Automatic, DateTimeOffset At) : PayoutEvent;

[EventType("payout.held.v1", Description = "A payout is not processed until the hold is released.")]
public sealed record PayoutHeld(PayoutId PayoutId, string Reason, DateTimeOffset At) : PayoutEvent;

[EventType("payout.hold_released.v1", Description = "A payout stands where it stood before it was held.")]
public sealed record PayoutHoldReleased(PayoutId PayoutId, DateTimeOffset At) : PayoutEvent;

/// <param name="Attempt">From 1 on; a transfer is made once per attempt.</param>
/// <param name="Destination">What the provider calls the payee's account.</param>
[EventType("payout.processing.v1", Description = "The money of a payout is on its way.")]
public sealed record PayoutProcessingStarted(
    PayoutId PayoutId, int Attempt, string Provider, string? Destination, Money Amount, DateTimeOffset At) : PayoutEvent;

/// <param name="Reference">What the provider, or the bank, calls the transfer.</param>
[EventType("payout.paid.v1", Description = "The payee has the money of a payout.")]
public sealed record PayoutPaid(PayoutId PayoutId, Money Amount, string Provider, string Reference, DateTimeOffset At) : PayoutEvent;

/// <param name="Reason">The provider's code, or an operator's words.</param>
[EventType("payout.failed.v1", Description = "The money of a payout could not be transferred. It can be tried again.")]
public sealed record PayoutFailed(PayoutId PayoutId, Money Amount, string Provider, string Reason, DateTimeOffset At) : PayoutEvent;

[EventType("payout.reversed.v1", Description = "The money of a payout came back: it is owed again, in the period that is open now.")]
public sealed record PayoutReversed(PayoutId PayoutId, Money Amount, string Reason, DateTimeOffset At) : PayoutEvent;

/// <param name="Amount">More to be paid, or less.</param>
[EventType("payout.adjusted.v1", Description = "Operators have corrected what is to be paid.")]
public sealed record PayoutAdjusted(PayoutId PayoutId, Money Amount, string Reason, DateTimeOffset At) : PayoutEvent;

[JsonSerializable(typeof(PayoutOpened))]
[JsonSerializable(typeof(PayoutCalculated))]
[JsonSerializable(typeof(PayoutApproved))]
[JsonSerializable(typeof(PayoutHeld))]
[JsonSerializable(typeof(PayoutHoldReleased))]
[JsonSerializable(typeof(PayoutProcessingStarted))]
[JsonSerializable(typeof(PayoutPaid))]
[JsonSerializable(typeof(PayoutFailed))]
[JsonSerializable(typeof(PayoutReversed))]
[JsonSerializable(typeof(PayoutAdjusted))]
internal sealed partial class PayoutJson : JsonSerializerContext;
