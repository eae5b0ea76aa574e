using Mainstreet.Application;
using Mainstreet.Application.Audit;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Audit;

/// <inheritdoc />
internal sealed class RefusedAttempts(NpgsqlDataSource database, ILogger<RefusedAttempts> logger) : LeavingService, IRefusedAttempts
{
    private const string Work = "Writing down what was refused";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private const string Insert = """
        insert into refused_attempts as a
          (tenant_id, attempt_id, operation, status, code, actor_type, actor_id, actor_role, business_id, network, subject_id, request_id, count, first_at, last_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (tenant_id, attempt_id) do update
          set count = a.count + excluded.count, last_at = greatest(a.last_at, excluded.last_at), subject_id = excluded.subject_id, request_id = excluded.request_id
        """;

    private readonly GatheredAttempts gathered = new();
    private readonly SemaphoreSlim writing = new(1);

    public void Note(RefusedAttempt attempt) => gathered.Add(attempt, TimeProvider.System.GetUtcNow());

    public void NoteUnknown(Guid id, RefusedAttempt attempt) => gathered.Add(new UnknownId(id, attempt, TimeProvider.System.GetUtcNow()));

    public async Task Write(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await LookFor(gathered.TakeUnknown(), cancellationToken);
            foreach (var rows in gathered.Take().GroupBy(row => row.Last.Tenant))
            {
                // what one tenant's audit does not take costs no other tenant's anything
                await Loop.Try(logger, $"{Work} of tenant {rows.Key}", stopping => Write(rows.Key, rows.OrderBy(row => row.Id), stopping), cancellationToken);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Every(Every, logger, Work, Write, stoppingToken);

    /// <summary>What a process that stops has gathered is written too.</summary>
    protected override Task Leave(CancellationToken cancellationToken) => Loop.Try(logger, Work, Write, cancellationToken);

    private async Task LookFor(IReadOnlyList<UnknownId> tried, CancellationToken cancellationToken)
    {
        if (tried.Count == 0)
        {
            return;
        }

        await using var command = database.CreateCommand("select are_foreign($1, $2)");
        command.Parameters.Add(new() { Value = tried.Select(one => one.Id).ToArray() });
        command.Parameters.Add(new() { Value = tried.Select(one => one.Attempt.Business!.Value.Value).ToArray() });
        var foreign = (bool[])(await command.ExecuteScalarAsync(cancellationToken))!;
        foreach (var (one, isForeign) in tried.Zip(foreign))
        {
            if (isForeign)
            {
                gathered.Add(one.Attempt, one.At);
            }
        }
    }

    private async Task Write(TenantId tenant, IEnumerable<Gathered> rows, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant) } };
        foreach (var row in rows)
        {
            batch.BatchCommands.Add(InsertOf(row));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand InsertOf(Gathered row) => new(Insert)
    {
        Parameters =
        {
            new() { Value = row.Last.Tenant.Value },
            new() { Value = row.Id },
            new() { Value = row.Last.Operation },
            new() { Value = (short)row.Last.Status },
            new() { Value = row.Last.Code },
            new() { Value = row.Last.Actor.Type },
            Of(row.Last.Actor.Id, NpgsqlDbType.Uuid),
            Of(row.Last.Actor.Role, NpgsqlDbType.Text),
            Of(row.Last.Business?.Value, NpgsqlDbType.Uuid),
            Of(row.Last.Network, NpgsqlDbType.Text),
            Of(row.Last.Subject, NpgsqlDbType.Uuid),
            Of(row.Last.RequestId, NpgsqlDbType.Text),
            new() { Value = row.Count },
            new() { Value = row.FirstAt },
            new() { Value = row.LastAt },
        },
    };

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
