using System.Collections.Concurrent;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Infrastructure.Identity;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
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
    private readonly IOptions<EntitlementOptions> plan;
    private readonly TimeProvider clock;

    public Features(NpgsqlDataSource database, IOptions<EntitlementOptions> plan, TimeProvider clock, CommitSignal signal)
    {
        (this.database, this.plan, this.clock) = (database, plan, clock);
        signal.Tell((_, commit) =>
        {
            if (commit.Appended.Any(entry => entry.Event is FeatureFlagEvent))
            {
                known.Clear();
            }
        });
    }

    public async ValueTask<IReadOnlyList<FeatureState>> Of(TenantId business, Guid subject, CancellationToken cancellationToken)
    {
        var flags = await Flags(business, cancellationToken);
        var now = clock.GetUtcNow();
        return [.. PlanFeature.All.Select(feature =>
        {
            var flag = flags.FirstOrDefault(flag => flag.Feature == feature.Name);
            var inPlan = !plan.Value.Withheld.Contains(feature.Name, StringComparer.Ordinal);
            return new FeatureState(feature, flag?.Rule?.For(feature.Name, subject, now) ?? inPlan, inPlan, flag);
        })];
    }

    private async ValueTask<FeatureFlagView[]> Flags(TenantId business, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(business, out var last) && clock.GetElapsedTime(last.At) < Fresh)
        {
            return last.Flags;
        }

        var now = clock.GetTimestamp();
        var flags = await Read(business, cancellationToken);
        if (known.Count > Most)
        {
            known.Clear();
        }

        known[business] = new(flags, now);
        return flags;
    }

    private async Task<FeatureFlagView[]> Read(TenantId business, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(TenantId.Platform), // where what was decided for businesses is
                new("select * from rm.feature_flags where business_id = $1") { Parameters = { new() { Value = business.Value } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return [.. await reader.ReadAll<FeatureFlagView>(cancellationToken)];
    }

    private sealed record Known(FeatureFlagView[] Flags, long At);
}
