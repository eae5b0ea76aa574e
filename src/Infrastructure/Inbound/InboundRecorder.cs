using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Inbound;

/// <summary>
/// Gets what providers told into the logs of their businesses, a few businesses at a time. Every process looks, also for what one left that was killed;
/// what two find at once the lane puts in order.
/// </summary>
internal sealed class InboundRecorder(NpgsqlDataSource database, IServiceScopeFactory scopes, MessageSignal signal, ILogger<InboundRecorder> logger) : BackgroundService
{
    private const int MostTenants = 100;
    private const int Turn = 10;
    private static readonly ParallelOptions fewAtOnce = new() { MaxDegreeOfParallelism = 4 };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Run(logger, "Looking for what providers told", RecordAll, stoppingToken);

    private async Task RecordAll(CancellationToken stoppingToken)
    {
        var hasMore = false;
        await Parallel.ForEachAsync(await Tenants(stoppingToken), fewAtOnce, async (tenant, _) =>
        {
            if (await Record(tenant, stoppingToken))
            {
                hasMore = true; // and never false again by one that began earlier
            }
        });
        if (!hasMore)
        {
            await signal.WaitForInbox(QueueWorker.LongestWait, stoppingToken);
        }
    }

    private async Task<TenantId[]> Tenants(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select tenants_with_inbound($1)");
        command.Parameters.Add(new() { Value = MostTenants });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. (await reader.ReadAll<Guid>(cancellationToken)).Select(id => new TenantId(id))];
    }

    /// <summary>
    /// Whether there is more. A business whose log cannot be written, be it that a newer release wrote there, is looked at again later, and keeps
    /// nobody else waiting; one with very much has a turn of a few commits.
    /// </summary>
    private async Task<bool> Record(TenantId tenant, CancellationToken stoppingToken)
    {
        try
        {
            for (var commits = 0; commits < Turn; commits++)
            {
                if (!await RecordSome(tenant, stoppingToken))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning(e, "What providers told {Tenant} could not be recorded", tenant);
            return false;
        }
    }

    private async Task<bool> RecordSome(TenantId tenant, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestContext>().Purpose = Purpose.Attend;
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(tenant, Actor.System, stoppingToken);
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RecordInbound(), stoppingToken)).HasMore;
    }
}
