using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Businesses;

/// <summary>Recorded in the business's own log.</summary>
public abstract record BusinessProfileEvent : IEvent;

[EventType("business_profile.created.v1", Description = "The business has its details and settings.")]
public sealed record BusinessProfileCreated(TenantId BusinessId, BusinessDetails Details, BusinessSettings Settings, DateTimeOffset At) : BusinessProfileEvent;

[EventType("business_profile.changed.v1", Description = "Name, contact or address of the business changed.")]
public sealed record BusinessProfileChanged(TenantId BusinessId, BusinessDetails Details, DateTimeOffset At) : BusinessProfileEvent;

[EventType("business_profile.settings_changed.v1", Description = "Working settings changed, such as order acceptance and limits.")]
public sealed record BusinessSettingsChanged(TenantId BusinessId, BusinessSettings Settings, DateTimeOffset At) : BusinessProfileEvent;

[JsonSerializable(typeof(BusinessProfileCreated))]
[JsonSerializable(typeof(BusinessProfileChanged))]
[JsonSerializable(typeof(BusinessSettingsChanged))]
internal sealed partial class BusinessProfileJson : JsonSerializerContext;
