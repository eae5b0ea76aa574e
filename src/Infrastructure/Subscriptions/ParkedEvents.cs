using Mainstreet.Application;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <inheritdoc />
internal sealed class ParkedEvents(
    NpgsqlDataSource database, RequestContext context, ViewCatalog views, SubscriptionCatalog subscriptions, CommitSignal signal, Checkpoints checkpoints)
    : IParkedEvents
{
    /// <summary>Runs where the tenant's checkpoints are held.</summary>
    private const string Free = """
        with decided as (
          insert into parked_events (tenant_id, subscription, position, event_id, event_type, parked_at, error, state, reason, decided_by)
          select $1, $2, e.position, e.event_id, e.type, c.parked_at, c.parked_error, $4, $5, $6
            from checkpoints c join events e on e.tenant_id = c.tenant_id and e.position = c.position + 1
           where c.tenant_id = $1 and c.subscription = $2 and c.parked_at is not null and e.event_id = $3
          returning position)
        select place_checkpoint($2, position - case $4 when 'skipped' then 0 else 1 end) from decided
        """;

    public async Task<Page<ParkedEvent>> List(
        string name, ProjectionScope scope, ParkedState state, PageRequest page, CancellationToken cancellationToken)
    {
        var query = $"parked {name} {scope.Tenant} {state}";
        var after = page.After(query);
        var rows = await Read(Subscription(name), scope, state, eventId: null, after is null ? null : (after.Time(0), after.Id(1)), page.Rows, cancellationToken);
        return page.Cut(rows, query, parked => [parked.ParkedAt, parked.EventId]);
    }

    public async Task Decide(string name, Guid eventId, ProjectionScope scope, ParkedState decision, string? reason, CancellationToken cancellationToken)
    {
        var subscription = Subscription(name);
        var known = await Read(subscription, scope, state: null, eventId, after: null, PageRequest.MaxLimit, cancellationToken);
        if (known is [])
        {
            throw new DomainException(DomainError.NotFound("parked event"));
        }

        var tenant = new TenantId(known[0].TenantId);
        if (known.Exists(parked => parked.State == ParkedState.Parked) && await Freed(tenant, subscription, eventId, decision, reason))
        {
            checkpoints.Announce(tenant);
            signal.Wake(tenant);
        }
        else if (known.MaxBy(parked => parked.DecidedAt)!.State != decision) // else it had its effect already
        {
            throw new DomainException(ProjectionErrors.NotParked);
        }
    }

    private async Task<bool> Freed(TenantId tenant, string subscription, Guid eventId, ParkedState decision, string? reason)
    {
        var free = new NpgsqlBatchCommand(Free)
        {
            Parameters =
            {
                new() { Value = tenant.Value },
                new() { Value = subscription },
                new() { Value = eventId },
                new() { Value = Column(decision), NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)context.Actor.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        await database.Execute(tenant, CancellationToken.None, Checkpoints.Hold(subscription), free);
        return free.Rows == 1;
    }

    private async Task<List<ParkedEvent>> Read(
        string subscription, ProjectionScope scope, ParkedState? state, Guid? eventId, (DateTimeOffset At, Guid Id)? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select * from parked_events_of($1, $2, $3, $4, $5, $6, $7)");
        command.Parameters.Add(new() { Value = subscription });
        command.Parameters.Add(new() { Value = (object?)scope.Tenant?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = state is { } wanted ? Column(wanted) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)eventId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)after?.At ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)after?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAll<ParkedEvent>(cancellationToken);
    }

    private static object Column(ParkedState state) => ColumnType.Of(typeof(ParkedState)).ToColumn(state);

    private string Subscription(string name) =>
        views.Tables.SingleOrDefault(table => table.ReadName == name)?.Name
        ?? subscriptions.All.FirstOrDefault(subscription => subscription.Name == name || subscription.Name == PolicySubscription.Prefix + name)?.Name
        ?? throw new DomainException(DomainError.NotFound("projection"));
}
