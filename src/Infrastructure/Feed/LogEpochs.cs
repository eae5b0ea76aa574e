using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
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
        var present = (await database.Rows<Present>(
            tenant,
            "select coalesce(max(epoch), 0)::bigint as epoch, min(head) filter (where epoch > @known) as restored from log_epochs where tenant_id = @tenant",
            new { tenant, Known = place.Epoch ?? long.MaxValue }, cancellationToken))[0];
        return present.Restored is { } head && place.After > head ? throw Gone(place.After.Value, head) : present.Epoch;
    }

    /// <param name="after">How far a reader has come.</param>
    /// <param name="head">How far what it has seen is still there.</param>
    public static DomainException Gone(long after, long head) => new(new(
        "position_gone", $"The log was set back to position {head}. Read everything again, or go on from there.", ErrorKind.Gone,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["position"] = after, ["head"] = head }));

    private sealed record Present(long Epoch, long? Restored);
}
