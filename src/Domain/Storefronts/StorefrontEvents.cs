using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Storefronts;

public abstract record StorefrontEvent : IEvent;

[EventType("storefront.created.v1", Description = "The business has a storefront, not yet published.")]
public sealed record StorefrontCreated(TenantId BusinessId, StorefrontSettings Settings, DateTimeOffset At) : StorefrontEvent;

[EventType("storefront.updated.v1", Description = "The storefront's look, hours, areas or texts changed.")]
public sealed record StorefrontUpdated(TenantId BusinessId, StorefrontSettings Settings, DateTimeOffset At) : StorefrontEvent;

[EventType("storefront.published.v1", Description = "Customers reach the storefront.")]
public sealed record StorefrontPublished(TenantId BusinessId, DateTimeOffset At) : StorefrontEvent;

[EventType("storefront.unpublished.v1", Description = "Customers no longer reach the storefront.")]
public sealed record StorefrontUnpublished(TenantId BusinessId, DateTimeOffset At) : StorefrontEvent;

[JsonSerializable(typeof(StorefrontCreated))]
[JsonSerializable(typeof(StorefrontUpdated))]
[JsonSerializable(typeof(StorefrontPublished))]
[JsonSerializable(typeof(StorefrontUnpublished))]
[JsonSerializable(typeof(Storefront))]
internal sealed partial class StorefrontJson : JsonSerializerContext;
