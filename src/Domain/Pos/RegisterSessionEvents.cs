using System.Text.Json.Serialization;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Pos;

public abstract record RegisterSessionEvent : IEvent;

/// <param name="LocationId">Where the till stands; null: the default location.</param>
[EventType("register_session.opened.v1", Description = "Somebody sells at a till from now on, with this cash in its drawer.")]
public sealed record RegisterSessionOpened(RegisterSessionId SessionId, RegisterId RegisterId, Money OpeningFloat, LocationId? LocationId, DateTimeOffset At) : RegisterSessionEvent;

[EventType("register_session.cash_paid_in.v1", Description = "Cash was put into the drawer that no customer paid.")]
public sealed record CashPaidIn(RegisterSessionId SessionId, RegisterId RegisterId, Money Amount, string Reason, DateTimeOffset At) : RegisterSessionEvent;

[EventType("register_session.cash_paid_out.v1", Description = "Cash was taken out of the drawer, and not given to a customer.")]
public sealed record CashPaidOut(RegisterSessionId SessionId, RegisterId RegisterId, Money Amount, string Reason, DateTimeOffset At) : RegisterSessionEvent;

/// <summary>What a step of a sale means for the session; the step itself is the sale's event in the same commit.</summary>
/// <param name="Payments">Refunds, of a void or a return.</param>
/// <param name="Due">What of the sale is to be paid afterwards.</param>
[EventType("register_session.sale_entered.v1", Internal = true)]
public sealed record SaleEntered(
    RegisterSessionId SessionId, SaleId SaleId, SessionEntry Kind, string Number, Money Total, Money Discount, TaxTotal[] Taxes, SalePayment[] Payments, Money Due,
    DateTimeOffset At) : RegisterSessionEvent;

public enum SessionEntry
{
    Sale,
    Payment,
    Void,
    Return,
}

/// <summary>Nothing is due of a sale of the session any more: another till's session took the money, or the goods.</summary>
[EventType("register_session.sale_settled.v1", Internal = true)]
public sealed record SaleSettled(RegisterSessionId SessionId, SaleId SaleId, DateTimeOffset At) : RegisterSessionEvent;

/// <param name="Expected">The cash that should be there.</param>
/// <param name="Difference">Counted less expected: below zero where something is missing.</param>
/// <param name="CarriedOver">Sales of the session that are still to be paid: whichever session they are paid in counts the money.</param>
[EventType("register_session.closed.v1", Description = "The cash of a till was counted and its session closed: what should be there, what is, and which sales are still to be paid.")]
public sealed record RegisterSessionClosed(
    RegisterSessionId SessionId, RegisterId RegisterId, Money Expected, Money Counted, Money Difference, SaleId[] CarriedOver, string? Note, DateTimeOffset At)
    : RegisterSessionEvent;

/// <param name="Unpaid">Of the sales that were to be paid when it was closed those that still are.</param>
[EventType("register_session.reopened.v1", Description = "The session of a till that was closed goes on: its cash is to be counted again.")]
public sealed record RegisterSessionReopened(RegisterSessionId SessionId, RegisterId RegisterId, string Reason, SaleId[] Unpaid, DateTimeOffset At) : RegisterSessionEvent;

[JsonSerializable(typeof(RegisterSessionOpened))]
[JsonSerializable(typeof(CashPaidIn))]
[JsonSerializable(typeof(CashPaidOut))]
[JsonSerializable(typeof(SaleEntered))]
[JsonSerializable(typeof(SaleSettled))]
[JsonSerializable(typeof(RegisterSessionClosed))]
[JsonSerializable(typeof(RegisterSessionReopened))]
[JsonSerializable(typeof(RegisterSession))]
internal sealed partial class RegisterSessionJson : JsonSerializerContext;
