using System.Text.Json.Serialization;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Domain.Customers;

/// <summary>Recorded in the log of the business whose customer it is.</summary>
public abstract record CustomerAccountEvent : IEvent;

/// <param name="CustomerId">The same as of what was bought with this address before there was an account.</param>
/// <param name="Locale">In which language to write; null: in the business's.</param>
[EventType("customer.registered.v1", Description = "A customer made an account at the storefront.")]
public sealed record CustomerRegistered(
    AccountId AccountId,
    [property: DataSubject] CustomerId CustomerId,
    [property: PersonalData] string Email,
    [property: PersonalData] string FullName,
    [property: PersonalData] string? Phone,
    string? Locale,
    DateTimeOffset At) : CustomerAccountEvent;

/// <summary>Ends all sessions but one.</summary>
/// <param name="SealedPassword">A hash, sealed besides: whoever exports the business's log gets nothing to try passwords on.</param>
/// <param name="KeptSession">In which somebody who knew the one before chose it; null: it was lost, so none goes on.</param>
[EventType("customer.password_changed.v1", Internal = true)]
public sealed record CustomerPasswordChanged(AccountId AccountId, string SealedPassword, Guid? KeptSession, DateTimeOffset At) : CustomerAccountEvent;

/// <summary>The address is the customer's: from now on what was bought with it as a guest is theirs (IAM-15).</summary>
[EventType("customer.email_verified.v1", Description = "A customer proved the address; guest orders made with it belong to the account.")]
public sealed record CustomerEmailVerified(AccountId AccountId, CustomerId CustomerId, DateTimeOffset At) : CustomerAccountEvent;

[EventType("customer.profile_changed.v1", Description = "A customer's name or telephone number changed.")]
public sealed record CustomerProfileChanged(
    AccountId AccountId,
    [property: DataSubject] CustomerId CustomerId,
    [property: PersonalData] string FullName,
    [property: PersonalData] string? Phone,
    string? Locale,
    DateTimeOffset At) : CustomerAccountEvent;

[EventType("customer.address_saved.v1", Description = "A customer saved an address, new or changed.")]
public sealed record CustomerAddressSaved(
    AccountId AccountId,
    [property: DataSubject] CustomerId CustomerId,
    AddressId AddressId,
    [property: PersonalData] string? Label,
    Address Address,
    DateTimeOffset At) : CustomerAccountEvent;

[EventType("customer.address_removed.v1", Description = "A customer removed an address.")]
public sealed record CustomerAddressRemoved(AccountId AccountId, CustomerId CustomerId, AddressId AddressId, DateTimeOffset At) : CustomerAccountEvent;

[EventType("customer.default_address_set.v1", Description = "Another address is the one that is offered first.")]
public sealed record CustomerDefaultAddressSet(AccountId AccountId, CustomerId CustomerId, AddressId AddressId, DateTimeOffset At) : CustomerAccountEvent;

/// <param name="Wording">Which text the customer agreed to, as the business names it; null: it was not said, or the consent was withdrawn.</param>
/// <param name="Note">Where the customer said so, when staff wrote it down.</param>
[EventType("customer.consent_changed.v1", Description = "A customer agreed to be written to on a channel, or withdrew it, in person or by what they told staff.")]
public sealed record CustomerConsentChanged(
    AccountId AccountId,
    [property: DataSubject] CustomerId CustomerId,
    ConsentPurpose Purpose,
    NotificationChannel Channel,
    bool Given,
    string? Wording,
    ConsentSource Source,
    [property: PersonalData] string? Note,
    DateTimeOffset At) : CustomerAccountEvent;

/// <summary>A refresh token came in that had been replaced: somebody else has had it.</summary>
[EventType("customer.refresh_reuse_detected.v1", Internal = true)]
public sealed record CustomerRefreshReuseDetected(AccountId AccountId, Guid SessionId, DateTimeOffset At) : CustomerAccountEvent;

[EventType("customer.account_closed.v1", Description = "The customer was erased, or merged with another one that has an account. Who registers again after an erasure gets another account.")]
public sealed record CustomerAccountClosed(AccountId AccountId, CustomerId CustomerId, DateTimeOffset At) : CustomerAccountEvent;

[JsonSerializable(typeof(CustomerRegistered))]
[JsonSerializable(typeof(CustomerPasswordChanged))]
[JsonSerializable(typeof(CustomerEmailVerified))]
[JsonSerializable(typeof(CustomerProfileChanged))]
[JsonSerializable(typeof(CustomerAddressSaved))]
[JsonSerializable(typeof(CustomerAddressRemoved))]
[JsonSerializable(typeof(CustomerDefaultAddressSet))]
[JsonSerializable(typeof(CustomerConsentChanged))]
[JsonSerializable(typeof(CustomerRefreshReuseDetected))]
[JsonSerializable(typeof(CustomerAccountClosed))]
internal sealed partial class CustomerAccountJson : JsonSerializerContext;
