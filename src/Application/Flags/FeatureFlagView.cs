using Mainstreet.Domain;
using Mainstreet.Domain.Flags;

namespace Mainstreet.Application.Flags;

/// <param name="Rule">Null: it was cleared; the row is kept for its version.</param>
public sealed record FeatureFlagView(
    [property: Key] Guid FlagId, TenantId BusinessId, string Feature, FlagRule? Rule, string? Reason, DateTimeOffset ChangedAt, int Version);

internal sealed class FeatureFlagsProjection : Projection<FeatureFlagView>
{
    public FeatureFlagsProjection() : base("feature_flags", version: 1, inline: true)
    {
        On<FeatureFlagSet>(e => Row(e.BusinessId, e.Feature, e.At), (row, e, context) => row with { Rule = e.Rule, Reason = e.Reason, ChangedAt = e.At, Version = context.Version });
        On<FeatureFlagCleared>(e => Row(e.BusinessId, e.Feature, e.At), (row, e, context) => row with { Rule = null, Reason = null, ChangedAt = e.At, Version = context.Version });
        Index("business_id");
    }

    private static FeatureFlagView Row(TenantId business, string feature, DateTimeOffset at) =>
        new(FeatureFlag.StreamOf(business, feature), business, feature, null, null, at, 0);
}
