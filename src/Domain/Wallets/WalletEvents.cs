using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Wallets;

/// <summary>Of what a customer's account pays with. What the gateway calls things is in none of them (PAY-08): whoever receives or exports them could pay with it.</summary>
public abstract record WalletEvent : IEvent;

/// <param name="Provider">The gateway's name in this product.</param>
/// <param name="ConnectionId">Opens it; null where it is simulated.</param>
[EventType("customer.payment_method_setup_begun.v1", Internal = true)]
public sealed record PaymentMethodSetupBegun(
    AccountId AccountId, CustomerId CustomerId, MethodSetupId SetupId, string Provider, ConnectionId? ConnectionId, DateTimeOffset At) : WalletEvent;

/// <param name="Reason">A code.</param>
[EventType("customer.payment_method_setup_failed.v1", Internal = true)]
public sealed record PaymentMethodSetupFailed(AccountId AccountId, CustomerId CustomerId, MethodSetupId SetupId, string Reason, DateTimeOffset At) : WalletEvent;

/// <summary>What came of it was there already: the same method may be finished through several setups.</summary>
[EventType("customer.payment_method_setup_done.v1", Internal = true)]
public sealed record PaymentMethodSetupDone(AccountId AccountId, CustomerId CustomerId, MethodSetupId SetupId, PaymentMethodId PaymentMethodId, DateTimeOffset At) : WalletEvent;

/// <param name="SetupId">What it came of; null for cash.</param>
/// <param name="Card">What may be shown of it; null for cash.</param>
/// <param name="Provider">The gateway that has it; null for cash.</param>
[EventType("customer.payment_method_attached.v1", Description = "A customer saved with what to pay. The number of a card is not among it, nor what its gateway calls it.")]
public sealed record PaymentMethodAttached(
    AccountId AccountId,
    [property: DataSubject] CustomerId CustomerId,
    PaymentMethodId PaymentMethodId,
    MethodSetupId? SetupId,
    SavedMethodType Type,
    SavedCard? Card,
    string? Provider,
    ConnectionId? ConnectionId,
    DateTimeOffset At) : WalletEvent;

[EventType("customer.payment_method_renewed.v1", Description = "A customer's bank has replaced a saved card; it goes on with another number or date.")]
public sealed record PaymentMethodRenewed(
    AccountId AccountId, [property: DataSubject] CustomerId CustomerId, PaymentMethodId PaymentMethodId, SavedCard Card, DateTimeOffset At) : WalletEvent;

[EventType("customer.payment_method_detached.v1", Description = "A saved payment method was removed: by the customer, at the gateway, or because the account was closed.")]
public sealed record PaymentMethodDetached(AccountId AccountId, CustomerId CustomerId, PaymentMethodId PaymentMethodId, DateTimeOffset At) : WalletEvent;

[EventType("customer.default_payment_method_set.v1", Description = "Another saved payment method is the one that is offered first.")]
public sealed record DefaultPaymentMethodSet(AccountId AccountId, CustomerId CustomerId, PaymentMethodId PaymentMethodId, DateTimeOffset At) : WalletEvent;

[JsonSerializable(typeof(PaymentMethodSetupBegun))]
[JsonSerializable(typeof(PaymentMethodSetupFailed))]
[JsonSerializable(typeof(PaymentMethodSetupDone))]
[JsonSerializable(typeof(PaymentMethodAttached))]
[JsonSerializable(typeof(PaymentMethodRenewed))]
[JsonSerializable(typeof(PaymentMethodDetached))]
[JsonSerializable(typeof(DefaultPaymentMethodSet))]
internal sealed partial class WalletJson : JsonSerializerContext;
