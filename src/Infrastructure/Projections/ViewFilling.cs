using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>
/// Folds what the views that commits write lack when a process starts: where a release raised a version, all of it. Until then this process is not
/// ready, so that nobody is sent to one that shows half a view.
/// </summary>
internal sealed class ViewFilling(NpgsqlDataSource database, ViewCatalog views, SubscriptionRunner runner, ILogger<ViewFilling> logger) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    private volatile bool done;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Views are being put together from the log."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tries = new PeriodicTimer(TryEvery, TimeProvider.System);
        while (!await Loop.Try(logger, "Putting views together", FillAll, stoppingToken))
        {
            await tries.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task FillAll(CancellationToken stoppingToken)
    {
        foreach (var tenant in await database.Rows<Guid>(TenantId.Platform, Behind(), stoppingToken))
        {
            await Fill(new(tenant), stoppingToken);
        }

        done = true;
    }

    /// <summary>A log that this release cannot read to its end, such as one with events of a later release, keeps nobody else waiting.</summary>
    private async Task Fill(TenantId tenant, CancellationToken stoppingToken)
    {
        try
        {
            await runner.CatchUp(tenant, stoppingToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or NpgsqlException))
        {
            logger.LogWarning(e, "The views of tenant {Tenant} could not be put together; the sweep tries again", tenant);
        }
    }

    /// <summary>The tenants whose log has what one of these views has not seen.</summary>
    private NpgsqlBatchCommand Behind() => new("select dirty_tenants($1)")
    {
        Parameters = { new() { Value = views.Tables.Where(table => table.Projection.Inline).Select(table => table.Name).ToArray() } },
    };
}
