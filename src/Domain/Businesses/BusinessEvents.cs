using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Businesses;

/// <summary>Recorded in the platform's log: the business's own log starts when it is provisioned.</summary>
public abstract record BusinessEvent : IEvent;

/// <param name="Owner">Absent where somebody is asked to become it.</param>
/// <param name="ImportedFrom">Whose log it goes on with; absent where it begins with its own.</param>
/// <param name="Infrastructure">Which it belongs to; absent for the one that is always there.</param>
/// <param name="Origin">Absent where it begins empty.</param>
[EventType("business.registered.v1", Description = "A business was signed up; its parts are being made.")]
public sealed record BusinessRegistered(
    TenantId BusinessId,
    string Name,
    string Subdomain,
    string Currency,
    string Timezone,
    BusinessMode Mode,
    Guid? TestClockId,
    string? Country,
    UserId? Owner,
    TenantId? ImportedFrom,
    BusinessOrigin? Origin,
    TenantId? Infrastructure,
    DateTimeOffset At) : BusinessEvent;

[EventType("business.activated.v1", Description = "The business is ready to work.")]
public sealed record BusinessActivated(TenantId BusinessId, DateTimeOffset At) : BusinessEvent;

/// <param name="From">Stays the business's own, and leads to the new one.</param>
[EventType("business.subdomain_changed.v1", Description = "The storefront has another name below the platform's domain; the former one leads to it.")]
public sealed record BusinessSubdomainChanged(TenantId BusinessId, string From, string Subdomain, DateTimeOffset At) : BusinessEvent;

[EventType("business.suspended.v1", Description = "The business can only be read until it is reinstated.")]
public sealed record BusinessSuspended(TenantId BusinessId, SuspensionReason Reason, DateTimeOffset At) : BusinessEvent;

[EventType("business.reinstated.v1", Description = "The business works again after a suspension.")]
public sealed record BusinessReinstated(TenantId BusinessId, DateTimeOffset At) : BusinessEvent;

[EventType("business.closing_started.v1", Description = "The business is being closed: it takes no more orders and is closed for good at the named time.")]
public sealed record BusinessClosingStarted(TenantId BusinessId, DateTimeOffset ClosesAt, DateTimeOffset At) : BusinessEvent;

[EventType("business.reopened.v1", Description = "The closing was called off.")]
public sealed record BusinessReopened(TenantId BusinessId, DateTimeOffset At) : BusinessEvent;

[EventType("business.closed.v1", Description = "The business is closed for good.")]
public sealed record BusinessClosed(TenantId BusinessId, DateTimeOffset At) : BusinessEvent;

[EventType("business.welcomed.v1", Internal = true)]
public sealed record BusinessWelcomed(TenantId BusinessId, DateTimeOffset At) : BusinessEvent;

[JsonSerializable(typeof(BusinessRegistered))]
[JsonSerializable(typeof(BusinessActivated))]
[JsonSerializable(typeof(BusinessSubdomainChanged))]
[JsonSerializable(typeof(BusinessSuspended))]
[JsonSerializable(typeof(BusinessReinstated))]
[JsonSerializable(typeof(BusinessClosingStarted))]
[JsonSerializable(typeof(BusinessReopened))]
[JsonSerializable(typeof(BusinessClosed))]
[JsonSerializable(typeof(BusinessWelcomed))]
internal sealed partial class BusinessJson : JsonSerializerContext;
