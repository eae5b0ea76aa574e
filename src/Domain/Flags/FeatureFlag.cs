namespace Mainstreet.Domain.Flags;

/// <summary>What the platform decided for one business about one feature, beside its plan (TEN-18).</summary>
/// <param name="Rule">Null: nothing any more.</param>
public sealed record FeatureFlag(TenantId BusinessId, string Feature, FlagRule? Rule, string? Reason) : IAggregate<FeatureFlag, FeatureFlagEvent>
{
    public static Guid StreamOf(TenantId business, string feature) => Uuid.Named("feature_flag", business.ToString(), feature);

    /// <param name="flag">Null: there has never been one.</param>
    /// <param name="business">For whom.</param>
    /// <param name="feature">A known one.</param>
    /// <param name="rule">What it says from now on.</param>
    /// <param name="reason">For those who wonder later.</param>
    /// <param name="now">When it is decided.</param>
    public static FeatureFlagEvent[] Set(FeatureFlag? flag, TenantId business, string feature, FlagRule rule, string reason, DateTimeOffset now)
    {
        Check.That(PlanFeature.IsKnown(feature), DomainError.NotFound("feature"));
        Check.That(Check.IsText(reason, 200), FlagErrors.ReasonInvalid);
        rule.Validate();
        return flag is not null && flag.Rule == rule && flag.Reason == reason ? [] : [new FeatureFlagSet(business, feature, rule, reason, now)];
    }

    public FeatureFlagEvent[] Clear(DateTimeOffset now) => Rule is null ? [] : [new FeatureFlagCleared(BusinessId, Feature, now)];

    public static FeatureFlag Evolve(FeatureFlag? flag, FeatureFlagEvent e) => (flag, e) switch
    {
        (_, FeatureFlagSet set) => new(set.BusinessId, set.Feature, set.Rule, set.Reason),
        ({ }, FeatureFlagCleared) => flag with { Rule = null, Reason = null },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a flag."),
    };
}
