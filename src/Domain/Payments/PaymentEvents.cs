using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payments;

/// <summary>Facts about one payment. Card data never comes near them (PAY-08): the provider's reference is all there is.</summary>
public abstract record PaymentEvent : IEvent;

/// <summary><paramref name="PayUrl"/> is where the customer pays; null where that needs no page.</summary>
[EventType("payment.initiated.v1", Description = "A payment was begun at the provider.")]
public sealed record PaymentInitiated(
    PaymentId PaymentId, OrderId OrderId, Money Amount, string Provider, string Reference, string? PayUrl, DateTimeOffset At) : PaymentEvent;

[EventType("payment.authorized.v1", Description = "The provider holds the money for the business.")]
public sealed record PaymentAuthorized(
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

[JsonSerializable(typeof(PaymentInitiated))]
[JsonSerializable(typeof(PaymentAuthorized))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(PaymentExpired))]
[JsonSerializable(typeof(PaymentVoided))]
internal sealed partial class PaymentJson : JsonSerializerContext;
