using Mainstreet.Application;
using Mainstreet.Application.Messages;
using Mainstreet.Infrastructure.Reads;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <inheritdoc />
internal sealed class QueueStates(NpgsqlDataSource database, IOptions<MessageOptions> options) : IQueues
{
    public async Task<IReadOnlyList<QueueState>> List(CancellationToken cancellationToken)
    {
        var limits = QueueLimits.Of(options.Value);
        await using var command = database.CreateCommand("select * from queues_of($1)");
        command.Parameters.Add(new() { Value = Queues.All.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return
        [
            .. (await reader.ReadAll<Row>(cancellationToken)).Select(row => new QueueState(
                row.Queue, row.Waiting, row.Due, row.Running, TimeSpan.FromSeconds(row.OldestSeconds), row.Dead, limits[row.Queue].Parallel, limits[row.Queue].PerTenant)),
        ];
    }

    private sealed record Row(string Queue, long Waiting, long Due, long Running, double OldestSeconds, long Dead);
}
