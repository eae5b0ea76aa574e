using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Storefronts;

public abstract record StorefrontEvent : IEvent;

[EventType("storefront.created.v1")]
public sealed record StorefrontCreated(TenantId BusinessId, StorefrontSettings Settings, DateTimeOffset At) : StorefrontEvent;

[EventType("storefront.updated.v1")]
public sealed record StorefrontUpdated(TenantId BusinessId, StorefrontSettings Settings, DateTimeOffset At) : StorefrontEvent;

[EventType("storefront.published.v1")]
public sealed record StorefrontPublished(TenantId BusinessId, DateTimeOffset At) : StorefrontEvent;

[EventType("storefront.unpublished.v1")]
public sealed record StorefrontUnpublished(TenantId BusinessId, DateTimeOffset At) : StorefrontEvent;

[JsonSerializable(typeof(StorefrontCreated))]
[JsonSerializable(typeof(StorefrontUpdated))]
[JsonSerializable(typeof(StorefrontPublished))]
[JsonSerializable(typeof(StorefrontUnpublished))]
internal sealed partial class StorefrontJson : JsonSerializerContext;
