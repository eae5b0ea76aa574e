using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Feed;

/// <inheritdoc />
internal sealed class LogEpochs(NpgsqlDataSource database) : ILogEpochs
{
    public async Task<LogEpoch> Begin(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select * from begin_log_epoch()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return (await reader.ReadAll<LogEpoch>(cancellationToken))[0];
    }

    /// <returns>The present epoch of the tenant's log; 0 where it was never set back. Errors: position_gone (410).</returns>
    public async Task<long> Enter(TenantId tenant, LogPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(tenant),
                new("select coalesce(max(epoch), 0)::bigint as epoch, min(head) filter (where epoch > $2) as restored from log_epochs where tenant_id = $1")
                {
                    Parameters = { new() { Value = tenant.Value }, new() { Value = place.Epoch ?? long.MaxValue } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var present = (await reader.ReadAll<Present>(cancellationToken))[0];
        return present.Restored is { } head && place.After > head ? throw Gone(place.After.Value, head) : present.Epoch;
    }

    /// <param name="after">How far a reader has come.</param>
    /// <param name="head">How far what it has seen is still there.</param>
    public static DomainException Gone(long after, long head) => new(new(
        "position_gone", $"The log was set back to position {head}. Read everything again, or go on from there.", ErrorKind.Gone,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["position"] = after, ["head"] = head }));

    private sealed record Present(long Epoch, long? Restored);
}
