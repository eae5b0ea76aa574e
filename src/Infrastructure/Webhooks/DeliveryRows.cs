using Mainstreet.Application.Webhooks;
using Mainstreet.Application;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>What one run at an endpoint reads and writes. Rows are written while others are sent, each in a transaction of its own.</summary>
internal sealed class DeliveryRows(NpgsqlDataSource database, RequestContext context, WebhookMessages webhooks, RunCommit commit, MessageTypes types, MessageSignal signal)
{
    /// <summary>
    /// What to send now, at most <paramref name="limit"/>: nothing but what was asked for by hand while the endpoint is disabled
    /// or paused, and a single delivery where it failed too often.
    /// </summary>
    public async Task<DueBatch> Due(WebhookEndpoint endpoint, int limit, CancellationToken cancellationToken)
    {
        var (failures, paused, left, rows) = await Read(endpoint, limit, cancellationToken);
        var most = paused || !endpoint.Enabled ? 0 : Math.Min(left ?? limit, WebhookRetries.NeedsProbe(failures) ? 1 : limit);
        DueDelivery[] due = [.. rows.Where(row => row.IsDue).Take(most)];
        if (endpoint.Settings.Rate is { } rate && due.Length > 0)
        {
            await TakeOfRate(endpoint.Id, rate, due.Length, cancellationToken);
        }

        DueDelivery[] chosen = [.. due, .. rows.Where(row => row.Asked && !due.Contains(row))];
        var messages = await webhooks.Of(context.Tenant, [.. chosen.Select(delivery => delivery.Source)], cancellationToken);
        return new(failures, [.. chosen.Zip(messages)]);
    }

    /// <summary>What is sent, as it is now.</summary>
    public async Task<WebhookMessage> Message(DueDelivery delivery, CancellationToken cancellationToken) => (await webhooks.Of(context.Tenant, [delivery.Source], cancellationToken))[0];

    /// <summary>
    /// Recorded is false when another run has taken over, or the delivery was canceled meanwhile; FailingSince is there when the endpoint
    /// has met no success for long, and ForTooLong when it is to be disabled therefore.
    /// </summary>
    public async Task<(bool Recorded, DateTimeOffset? FailingSince, bool ForTooLong)> Record(
        WebhookEndpoint endpoint, DueDelivery delivery, SentAttempt sent, DeliveryOutcome outcome, TimeSpan pause)
    {
        var record = DeliverySql.Record(context.Tenant, delivery, sent, outcome);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                record,
                sent.Response.Succeeded ? DeliverySql.CountSuccess(context.Tenant, endpoint.Id) : DeliverySql.CountFailure(context.Tenant, endpoint, pause),
            },
        };
        var givenUp = outcome.Status is WebhookDeliveryStatus.Failed && delivery is { Status: WebhookDeliveryStatus.Pending, Position: > 0 };
        PlannedMessage[] reports = givenUp
            ? [new(Uuid.New(), new ReportExhaustedDelivery(endpoint.Id, delivery.DeliveryId), DueAt: null, ReportExhaustedDelivery.DedupeKey(delivery.DeliveryId), Target: null)]
            : [];
        if (givenUp)
        {
            batch.BatchCommands.Add(MessageSql.Insert(context.Tenant, reports, types, CommitWriter.Metadata(context)));
        }

        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        var failed = await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None);
        DateTimeOffset? since = failed && reader.GetBoolean(1) ? await reader.GetFieldValueAsync<DateTimeOffset>(0, CancellationToken.None) : null;
        var forTooLong = failed && reader.GetBoolean(2);
        await reader.CloseAsync();
        signal.Inserted(reports, types);
        return (record.RecordsAffected > 0, since, forTooLong);
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
                DeliverySql.SelectNext(context.Tenant, endpoint),
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

    private Task TakeOfRate(WebhookEndpointId endpoint, WebhookRate rate, int count, CancellationToken cancellationToken) =>
        database.Execute(context.Tenant, cancellationToken, DeliverySql.TakeOfRate(context.Tenant, endpoint, rate, count));

    private async Task<(int Failures, bool Paused, int? Left, List<DueDelivery> Rows)> Read(WebhookEndpoint endpoint, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                DeliverySql.SelectLane(context.Tenant, endpoint),
                DeliverySql.SelectDue(context.Tenant, endpoint.Id, endpoint.Settings.Ordering, limit),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (failures, paused, left) = await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt32(0), reader.GetBoolean(1), await reader.IsDBNullAsync(2, cancellationToken) ? (int?)null : reader.GetInt32(2))
            : (0, false, null);
        await reader.NextResultAsync(cancellationToken);
        return (failures, paused, left, await reader.ReadAll<DueDelivery>(cancellationToken));
    }
}
