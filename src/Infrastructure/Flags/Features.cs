using System.Collections.Concurrent;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Infrastructure.Identity;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Subscriptions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Flags;

/// <inheritdoc />
/// <remarks>What it has read of a business counts for a second, or until this process changes a flag.</remarks>
internal sealed class Features : IFeatures
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<TenantId, Known> known = new();
    private readonly NpgsqlDataSource database;
    private readonly ViewCatalog views;
    private readonly IOptions<EntitlementOptions> plan;
    private readonly TimeProvider clock;

    public Features(NpgsqlDataSource database, ViewCatalog views, IOptions<EntitlementOptions> plan, TimeProvider clock, CommitSignal signal)
    {
        (this.database, this.views, this.plan, this.clock) = (database, views, plan, clock);
        signal.Tell((_, commit) =>
        {
            if (commit.Appended.Any(entry => entry.Event is FeatureFlagEvent))
            {
                known.Clear();
            }
        });
    }

    public async ValueTask<IReadOnlyList<FeatureState>> Of(TenantId business, Guid? subject, CancellationToken cancellationToken)
    {
        var flags = await Flags(business, cancellationToken);
        var now = clock.GetUtcNow();
        return [.. PlanFeature.All.Select(feature =>
        {
            var flag = FlagOf(feature.Name, flags);
            return new FeatureState(feature, IsOn(feature.Name, flag, subject, now), IsInPlan(feature.Name), flag);
        })];
    }

    public async ValueTask<bool> Has(TenantId business, string feature, Guid? subject, CancellationToken cancellationToken) =>
        IsOn(feature, FlagOf(feature, await Flags(business, cancellationToken)), subject, clock.GetUtcNow());

    private bool IsOn(string feature, FeatureFlagView? flag, Guid? subject, DateTimeOffset now) => flag?.Rule?.For(feature, subject, now) ?? IsInPlan(feature);

    private bool IsInPlan(string feature) => !plan.Value.Withheld.Contains(feature, StringComparer.Ordinal);

    private static FeatureFlagView? FlagOf(string feature, IReadOnlyList<FeatureFlagView> flags) => flags.FirstOrDefault(flag => flag.Feature == feature);

    private async ValueTask<IReadOnlyList<FeatureFlagView>> Flags(TenantId business, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(business, out var last) && clock.GetElapsedTime(last.At) < Fresh)
        {
            return last.Flags;
        }

        var now = clock.GetTimestamp();
        var flags = await database.Rows<FeatureFlagView>( // what was decided for businesses is in the platform's log
            TenantId.Platform, views.Own("select * from rm.feature_flags where business_id = @business"), new { business }, cancellationToken);
        if (known.Count > Most)
        {
            known.Clear();
        }

        known[business] = new(flags, now);
        return flags;
    }

    private sealed record Known(IReadOnlyList<FeatureFlagView> Flags, long At);
}
