using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Flags;

/// <summary>Recorded in the platform's log.</summary>
public abstract record FeatureFlagEvent : IEvent;

[EventType("feature_flag.set.v1", Internal = true)]
public sealed record FeatureFlagSet(TenantId BusinessId, string Feature, FlagRule Rule, string Reason, DateTimeOffset At) : FeatureFlagEvent;

[EventType("feature_flag.cleared.v1", Internal = true)]
public sealed record FeatureFlagCleared(TenantId BusinessId, string Feature, DateTimeOffset At) : FeatureFlagEvent;

[JsonSerializable(typeof(FeatureFlagSet))]
[JsonSerializable(typeof(FeatureFlagCleared))]
internal sealed partial class FeatureFlagJson : JsonSerializerContext;
