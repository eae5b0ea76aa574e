using System.Text.Json;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// Makes a staged log its target's, in one transaction. The target is being provisioned and nobody else writes there, so this one may hold
/// its lane for longer than others do. Effects start behind the imported events; projections, as ever, at the first.
/// </summary>
internal sealed class LogMove(RequestContext context, SubjectKeys keys, EventRegistry registry, SubscriptionCatalog subscriptions, CommitSignal signal, CommitErrors errors)
{
    private const string Insert = """
        insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, subject_id, recorded_at)
        select $1, stream_id, version, position, event_id, type, data, metadata, subject_id, recorded_at from imported_events
        """;

    /// <summary>Receivers were told of the business that was, and their secrets may be sealed with another installation's key.</summary>
    private const string DeleteEndpoints = """
        insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
        select $1, e.stream_id, e.version, e.position, e.event_id, $2, e.data, $3::jsonb, current_setting('app.now')::timestamptz
          from unnest($4::uuid[], $5::int[], $6::bigint[], $7::uuid[], $8::jsonb[]) as e (stream_id, version, position, event_id, data)
        """;

    private const string MoveClock = "update test_clocks set frozen_at = greatest(frozen_at, $2) where tenant_id = $1";

    public async Task<long> Run(NpgsqlConnection connection, TenantId target, LogChecks checks, CancellationToken cancellationToken)
    {
        var imported = checks.Last!;
        var last = imported.Position + checks.Endpoints.Count;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var (head, now) = await TakeLane(connection, transaction, target);
            if (head > 0)
            {
                return await HasMoved(connection, transaction, target, imported) ? last : throw new DomainException(ArchiveErrors.LogNotEmpty);
            }

            await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 };
            foreach (var command in Statements(target, checks, now))
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (PostgresException e)
        {
            throw errors.Map(e, commandId: null);
        }

        signal.Wake(target);
        return last;
    }

    private IEnumerable<NpgsqlBatchCommand> Statements(TenantId target, LogChecks checks, DateTimeOffset now)
    {
        var imported = checks.Last!;
        yield return new("select set_config('statement_timeout', '0', true)");
        yield return new(Insert) { Parameters = { new() { Value = target.Value } } };
        yield return keys.Insert(target, checks.Keys);
        yield return new(MoveClock) { Parameters = { new() { Value = target.Value }, new() { Value = imported.RecordedAt } } };
        yield return AllowedOrigins.OfImported(registry);
        foreach (var effect in subscriptions.All.Where(subscription => !subscription.FromStart))
        {
            yield return Checkpoints.Place(effect.Name, imported.Position);
        }

        if (checks.Endpoints.Count > 0)
        {
            yield return Delete(target, imported.Position, checks.Endpoints, now);
        }
    }

    private NpgsqlBatchCommand Delete(TenantId target, long after, IReadOnlyDictionary<Guid, int> endpoints, DateTimeOffset now)
    {
        var kind = registry.Of(typeof(WebhookEndpointDeleted));
        return new(DeleteEndpoints)
        {
            Parameters =
            {
                new() { Value = target.Value },
                new() { Value = kind.Name },
                new() { Value = CommitWriter.Metadata(context), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb },
                new() { Value = endpoints.Keys.ToArray() },
                new() { Value = endpoints.Values.Select(version => version + 1).ToArray() },
                new() { Value = endpoints.Select((_, i) => after + i + 1).ToArray() },
                new() { Value = endpoints.Select(_ => Uuid.New()).ToArray() },
                new()
                {
                    Value = endpoints.Keys.Select(id => JsonSerializer.Serialize(new WebhookEndpointDeleted(new(id), now), kind.Json)).ToArray(),
                    NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Jsonb,
                },
            },
        };
    }

    private static async Task<(long Head, DateTimeOffset Now)> TakeLane(NpgsqlConnection connection, NpgsqlTransaction transaction, TenantId target)
    {
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { LaneSql.Take(target, Purpose.Trade) } };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await LaneSql.Read(reader);
    }

    /// <summary>An attempt before has died, or lost its connection, when this was done already.</summary>
    private static async Task<bool> HasMoved(NpgsqlConnection connection, NpgsqlTransaction transaction, TenantId target, LoggedEvent last)
    {
        await using var command = new NpgsqlCommand("select exists (select from events where tenant_id = $1 and position = $2 and event_id = $3)", connection, transaction)
        {
            Parameters = { new() { Value = target.Value }, new() { Value = last.Position }, new() { Value = last.EventId } },
        };
        return (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }
}
