using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payouts;

public enum FundsMovement
{
    Collected,
    Refunded,
    Disputed,
}

public abstract record TransactionEvent(TransactionRef Transaction, Money Amount, DateTimeOffset At) : IEvent;

/// <summary>Money that the platform's provider has for the business. <paramref name="Amount"/> is negative where it is undone: a refund failed, a dispute was won.</summary>
[EventType("transaction.funds_moved.v1", Internal = true)]
public sealed record FundsMoved(TransactionRef Transaction, FundsMovement Movement, Money Amount, DateTimeOffset At) : TransactionEvent(Transaction, Amount, At);

/// <param name="Base">What it was taken of: what was paid, without the tip.</param>
/// <param name="BasisPoints">Hundredths of a percent of the base.</param>
/// <param name="Fixed">And that.</param>
[EventType("fee.charged.v1", Description = "The platform's fee for a transaction; its type is card_payment, cash_order or till_sale.")]
public sealed record FeeCharged(
    TransactionRef Transaction, string Type, Money Base, int BasisPoints, Money Fixed, Money Amount, DateTimeOffset At) : TransactionEvent(Transaction, Amount, At);

/// <param name="Refunded">All that went back to the customer so far.</param>
/// <param name="Reversed">All of the fee that was reversed so far.</param>
[EventType("fee.reversed.v1", Description = "Something of a transaction was given back, and so is its part of the platform's fee.")]
public sealed record FeeReversed(
    TransactionRef Transaction, Money Refunded, Money Amount, Money Reversed, DateTimeOffset At) : TransactionEvent(Transaction, Amount, At);

/// <param name="Refunded">All that went back to the customer so far.</param>
/// <param name="Reversed">All of the fee that is still reversed.</param>
[EventType("fee.reinstated.v1", Description = "A refund failed after all: its part of the platform's fee is due again.")]
public sealed record FeeReinstated(
    TransactionRef Transaction, Money Refunded, Money Amount, Money Reversed, DateTimeOffset At) : TransactionEvent(Transaction, Amount, At);

[JsonSerializable(typeof(FundsMoved))]
[JsonSerializable(typeof(FeeCharged))]
[JsonSerializable(typeof(FeeReversed))]
[JsonSerializable(typeof(FeeReinstated))]
internal sealed partial class TransactionJson : JsonSerializerContext;
