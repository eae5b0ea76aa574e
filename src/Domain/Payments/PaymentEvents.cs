using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payments;

/// <summary>Facts about one payment. Card data never comes near them (PAY-08): the provider's reference is all there is.</summary>
public abstract record PaymentEvent : IEvent;

/// <summary>
/// <paramref name="PayUrl"/> is where the customer pays; null where that needs no page. <paramref name="ConnectionId"/> opens the provider; null where it is simulated.
/// </summary>
[EventType("payment.initiated.v1", Description = "A payment was begun at the provider.")]
public sealed record PaymentInitiated(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, string? PayUrl, ConnectionId? ConnectionId,
    DateTimeOffset At) : PaymentEvent;

[EventType("payment.authorized.v1", Description = "The provider holds the money for the business.")]
public sealed record PaymentAuthorized(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, DateTimeOffset At) : PaymentEvent;

[EventType("payment.captured.v1", Description = "The business has the money.")]
public sealed record PaymentCaptured(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, DateTimeOffset At) : PaymentEvent;

/// <summary><paramref name="Reason"/> is the provider's code, such as card_declined.</summary>
[EventType("payment.failed.v1", Description = "The provider refused; the reason is its code, such as card_declined.")]
public sealed record PaymentFailed(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, string Reason, DateTimeOffset At) : PaymentEvent;

[EventType("payment.expired.v1", Description = "The customer did not pay in time.")]
public sealed record PaymentExpired(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, DateTimeOffset At) : PaymentEvent;

[EventType("payment.voided.v1", Description = "The provider let go of what it held.")]
public sealed record PaymentVoided(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, DateTimeOffset At) : PaymentEvent;

/// <summary><paramref name="Automatic"/>: nobody asked for it, but the order will not be fulfilled, or costs less now.</summary>
[EventType("payment.refund_requested.v1", Description = "Something of a payment is to be given back; the provider is told next.")]
public sealed record PaymentRefundRequested(
    PaymentId PaymentId, OrderId OrderId, RefundId RefundId, Money Amount, string? Reason, bool Automatic, string Provider, string Reference,
    DateTimeOffset At) : PaymentEvent;

/// <summary><paramref name="Refunded"/> is all that went back so far; <paramref name="RefundReference"/> what the provider calls this refund.</summary>
[EventType("payment.refunded.v1", Description = "Something of a payment was given back. Refunds made at the provider itself are told too.")]
public sealed record PaymentRefunded(
    PaymentId PaymentId, OrderId OrderId, RefundId RefundId, Money Amount, Money Refunded, string RefundReference, string Provider, string Reference,
    DateTimeOffset At) : PaymentEvent;

/// <summary><paramref name="Reason"/> is the provider's code.</summary>
[EventType("payment.refund_failed.v1", Description = "The provider could not give the money back; the business still has it.")]
public sealed record PaymentRefundFailed(
    PaymentId PaymentId, OrderId OrderId, RefundId RefundId, Money Amount, Money Refunded, string Reason, string Provider, string Reference,
    DateTimeOffset At) : PaymentEvent;

[EventType("payment.disputed.v1", Description = "The customer's bank takes a payment back, until it is decided who is right.")]
public sealed record PaymentDisputed(
    PaymentId PaymentId, OrderId OrderId, string Dispute, Money Amount, string Reason, string Provider, string Reference, DateTimeOffset At) : PaymentEvent;

[EventType("payment.dispute_resolved.v1", Description = "A dispute is decided: won, the business keeps the money; lost, the customer has it back.")]
public sealed record PaymentDisputeResolved(
    PaymentId PaymentId, OrderId OrderId, string Dispute, Money Amount, bool Won, Money Refunded, string Provider, string Reference,
    DateTimeOffset At) : PaymentEvent;

[JsonSerializable(typeof(PaymentInitiated))]
[JsonSerializable(typeof(PaymentAuthorized))]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(PaymentExpired))]
[JsonSerializable(typeof(PaymentVoided))]
[JsonSerializable(typeof(PaymentRefundRequested))]
[JsonSerializable(typeof(PaymentRefunded))]
[JsonSerializable(typeof(PaymentRefundFailed))]
[JsonSerializable(typeof(PaymentDisputed))]
[JsonSerializable(typeof(PaymentDisputeResolved))]
internal sealed partial class PaymentJson : JsonSerializerContext;
