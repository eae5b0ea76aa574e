using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <inheritdoc />
internal sealed class RebuildStore(NpgsqlDataSource database, RequestContext context, ViewCatalog views, RebuildSignal signal) : IRebuilds
{
    private const int TenantsAtOnce = 500;

    public async Task Start(Guid id, string projection, ProjectionScope scope, RebuildSwitch how, CancellationToken cancellationToken)
    {
        var table = Table(projection);
        await using var command = database.CreateCommand("select start_rebuilds($1, $2, $3, $4, $5)");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = table.Name });
        command.Parameters.Add(new() { Value = (object?)scope.Tenant?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = how == RebuildSwitch.Auto ? "auto" : "manual" });
        command.Parameters.Add(new() { Value = (object?)context.Actor.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        if (await command.ExecuteScalarAsync(cancellationToken) is 0L && (await Parts(id, table, scope, cancellationToken)).Count == 0)
        {
            throw new DomainException(ProjectionErrors.Running(projection));
        }

        signal.Wake();
    }

    public async Task<Rebuild> Get(Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken) =>
        RebuildPart.Sum(await Existing(id, projection, scope, cancellationToken), projection, Table(projection).Projection.Version);

    public async Task<RebuildDiff> Diff(Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken)
    {
        var parts = await Existing(id, projection, scope, cancellationToken);
        if (parts.Find(part => part.Diff is null) is { } early)
        {
            throw new DomainException(ProjectionErrors.NothingCompared(early.Status));
        }

        return new(
            id, parts.Max(part => part.ComparedAt ?? 0), parts.Sum(part => part.Diff!.Changed), parts.Sum(part => part.Diff!.Added), parts.Sum(part => part.Diff!.Removed),
            [.. parts.SelectMany(part => part.Diff!.Rows.Select(row => new RowDiff(new(part.TenantId), row.Key, row.Live, row.Built))).Take(GenerationDiff.MostShown)]);
    }

    public async Task Ask(RebuildRequest request, Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken)
    {
        var parts = await Existing(id, projection, scope, cancellationToken);
        var steps = RebuildStep.Of(request);
        if (parts.TrueForAll(part => part.Status == steps.Reached))
        {
            return; // it had its effect already
        }

        var moved = 0UL;
        try
        {
            foreach (var some in parts.Chunk(TenantsAtOnce))
            {
                moved += await Move(some, steps.Sql);
            }
        }
        catch (PostgresException e) when (e.ConstraintName is "rebuilds_running")
        {
            throw new DomainException(ProjectionErrors.Running(projection));
        }

        if (moved == 0)
        {
            throw new DomainException(ProjectionErrors.NotPossible(parts[0].Status, request));
        }

        signal.Wake();
    }

    private async Task<ulong> Move(RebuildPart[] parts, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var part in parts)
        {
            batch.BatchCommands.Add(TenantSql.Set(new(part.TenantId)));
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = part.TenantId }, new() { Value = part.RebuildId } } });
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        return (ulong)Enumerable.Range(0, parts.Length).Sum(i => (long)batch.BatchCommands[2 * i + 1].Rows);
    }

    public async Task<IReadOnlyList<ProjectionState>> Projections(ProjectionScope scope, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select * from projection_states($1, $2)");
        command.Parameters.Add(new() { Value = views.Tables.Select(table => table.Name).ToArray() });
        command.Parameters.Add(new() { Value = (object?)scope.Tenant?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        var states = (await Read<StateRow>(command, cancellationToken)).ToDictionary(row => row.Subscription, StringComparer.Ordinal);
        return
        [
            .. views.Tables.Select(table => states[table.Name] is var row ? new ProjectionState(
                table.ReadName, table.Projection.Version, table.Projection.Inline, row.Tenants, row.Position, row.Events,
                TimeSpan.FromSeconds(row.LagSeconds), row.Parked, row.Rebuilding) : null!),
        ];
    }

    public async Task<IReadOnlyList<ProjectionLag>> Tenants(string projection, ProjectionScope scope, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select * from subscription_lag($1, $2, $3)");
        command.Parameters.Add(new() { Value = Table(projection).Name });
        command.Parameters.Add(new() { Value = (object?)scope.Tenant?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = 100 });
        return [.. (await Read<LagRow>(command, cancellationToken)).Select(row =>
            new ProjectionLag(new(row.TenantId), row.Position, row.Head, TimeSpan.FromSeconds(row.LagSeconds), row.ParkedAt))];
    }

    private async Task<List<RebuildPart>> Existing(Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken) =>
        await Parts(id, Table(projection), scope, cancellationToken) is [_, ..] parts ? parts : throw new DomainException(DomainError.NotFound("rebuild"));

    private async Task<List<RebuildPart>> Parts(Guid id, ViewTable table, ProjectionScope scope, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {RebuildPart.Columns} from rebuilds_of($1) where view = $2 and ($3 is null or tenant_id = $3)");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = table.Name });
        command.Parameters.Add(new() { Value = (object?)scope.Tenant?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await Read<RebuildPart>(command, cancellationToken);
    }

    private static async Task<List<T>> Read<T>(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAll<T>(cancellationToken);
    }

    private ViewTable Table(string projection) =>
        views.Tables.SingleOrDefault(table => table.ReadName == projection) ?? throw new DomainException(DomainError.NotFound("projection"));

    private sealed record StateRow(string Subscription, int Tenants, long Position, long Events, double LagSeconds, int Parked, int Rebuilding);

    private sealed record LagRow(Guid TenantId, long Position, long Head, double LagSeconds, DateTimeOffset? ParkedAt);
}

/// <param name="Reached">The status of a rebuild of which this was asked before.</param>
/// <param name="Sql">Moves the rebuild $2 of the tenant $1, where its status allows it.</param>
internal sealed record RebuildStep(RebuildStatus Reached, string Sql)
{
    public static RebuildStep Of(RebuildRequest request) => request switch
    {
        RebuildRequest.Promote => new(RebuildStatus.Switched, """
            update rebuilds set goal = 'switch', status = 'catching_up', leased_until = '-infinity' where tenant_id = $1 and rebuild_id = $2 and status = 'ready'
            """),
        RebuildRequest.Cancel => new(RebuildStatus.Canceled, """
            update rebuilds set status = 'canceled', diff = null, finished_at = clock_timestamp(), drop_at = clock_timestamp()
             where tenant_id = $1 and rebuild_id = $2 and status in ('requested', 'building', 'catching_up', 'verifying', 'ready') and goal <> 'roll_back'
            """),
        RebuildRequest.RollBack => new(RebuildStatus.RolledBack, """
            update rebuilds set goal = 'roll_back', status = 'catching_up', position = previous_position, error = null, drop_at = null, leased_until = '-infinity'
             where tenant_id = $1 and rebuild_id = $2 and status = 'switched' and drop_at > clock_timestamp() and live_generation(view) = generation
            """),
    };
}
