using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>What one run at an endpoint reads and writes. Rows are written while others are sent, each in a transaction of its own.</summary>
internal sealed class DeliveryRows(NpgsqlDataSource database, RequestContext context, WebhookMessages webhooks, RunCommit commit)
{
    /// <summary>
    /// What to send now, at most <paramref name="limit"/>: nothing but what was asked for by hand while the endpoint is disabled
    /// or paused, and a single delivery where it failed too often.
    /// </summary>
    public async Task<DueBatch> Due(WebhookEndpoint endpoint, int limit, CancellationToken cancellationToken)
    {
        var (failures, paused, rows) = await Read(endpoint, limit, cancellationToken);
        var most = paused || !endpoint.Enabled ? 0 : WebhookRetries.NeedsProbe(failures) ? 1 : limit;
        DueDelivery[] chosen = [.. rows.Where(row => row.IsDue).Take(most), .. rows.Where(row => row.Asked && (most == 0 || !row.IsDue))];
        var messages = await webhooks.Of(context.Tenant, [.. chosen.Select(delivery => delivery.Source)], cancellationToken);
        return new(failures, [.. chosen.Zip(messages)]);
    }

    /// <summary>
    /// Recorded is false when another run has taken over, or the delivery was canceled meanwhile; ForTooLong is true when the
    /// endpoint has met no success for so long that it is to be disabled.
    /// </summary>
    public async Task<(bool Recorded, bool ForTooLong)> Record(
        DueDelivery delivery, DateTimeOffset at, WebhookResponse response, DeliveryOutcome outcome, TimeSpan pause)
    {
        var record = DeliverySql.Record(context.Tenant, delivery, at, response, outcome);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                record,
                response.Succeeded ? DeliverySql.CountSuccess(context.Tenant, delivery.EndpointId) : DeliverySql.CountFailure(context.Tenant, delivery.EndpointId, pause),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        var forTooLong = await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None) && reader.GetBoolean(0);
        await reader.CloseAsync();
        return (record.RecordsAffected > 0, forTooLong);
    }

    /// <summary>Ends the run: its message gives way to one for what is due next. It is the commit of the run. Answers the replays of which nothing waits any more.</summary>
    public async Task<IReadOnlyList<Guid>> ScheduleNext(WebhookEndpoint endpoint)
    {
        var (due, done) = await Next(endpoint);
        if (due is not null)
        {
            await commit.Write([], [new(Uuid.New(), new DeliverWebhooks(endpoint.Id), due, DeliverWebhooks.DedupeKey(endpoint.Id), Target: null)]);
        }

        return done;
    }

    private async Task<(DateTimeOffset? Due, List<Guid> Done)> Next(WebhookEndpoint endpoint)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                DeliverySql.SelectNext(context.Tenant, endpoint.Id, endpoint.Settings.Ordering, endpoint.Enabled),
                ReplaySql.SelectDone(context.Tenant, endpoint.Id),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        DateTimeOffset? due = await reader.ReadAsync(CancellationToken.None) && !await reader.IsDBNullAsync(0, CancellationToken.None)
            ? await reader.GetFieldValueAsync<DateTimeOffset>(0, CancellationToken.None)
            : null;
        await reader.NextResultAsync(CancellationToken.None);
        return (due, await reader.ReadAll<Guid>(CancellationToken.None));
    }

    private async Task<(int Failures, bool Paused, List<DueDelivery> Rows)> Read(WebhookEndpoint endpoint, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                DeliverySql.SelectLane(context.Tenant, endpoint.Id),
                DeliverySql.SelectDue(context.Tenant, endpoint.Id, endpoint.Settings.Ordering, limit),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (failures, paused) = await reader.ReadAsync(cancellationToken) ? (reader.GetInt32(0), reader.GetBoolean(1)) : (0, false);
        await reader.NextResultAsync(cancellationToken);
        return (failures, paused, await reader.ReadAll<DueDelivery>(cancellationToken));
    }
}
