using Mainstreet.Domain;
using Mainstreet.Domain.Flags;

namespace Mainstreet.Application.Flags;

/// <summary>Which features a business has: those of its plan, and what flags say. It is never older than a second.</summary>
public interface IFeatures
{
    /// <summary>Every feature that there is, by name.</summary>
    /// <param name="business">Whose.</param>
    /// <param name="subject">Who asks; null: nobody in particular, as where the business's mails are written.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<FeatureState>> Of(TenantId business, Guid? subject, CancellationToken cancellationToken);

    /// <summary>Whether whoever asks has this one.</summary>
    ValueTask<bool> Has(TenantId business, string feature, Guid? subject, CancellationToken cancellationToken);
}

/// <param name="Enabled">Whether whoever asks has it.</param>
/// <param name="InPlan">Whether the plan includes it.</param>
/// <param name="Flag">What was decided for this business.</param>
public sealed record FeatureState(PlanFeature Feature, bool Enabled, bool InPlan, FeatureFlagView? Flag);

public static class PlanGates
{
    /// <summary>As in custom_domain_not_in_plan (403), where whoever acts has not got the feature: they are told the same as by the list of features.</summary>
    public static async Task Require(this IFeatures features, TenantId business, string feature, Actor actor, CancellationToken cancellationToken) =>
        Check.That(await features.Has(business, feature, actor.Id, cancellationToken), PlanFeature.NotInPlan(feature));
}
