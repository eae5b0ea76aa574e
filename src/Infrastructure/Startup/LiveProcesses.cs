using Mainstreet.Application;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>Each process writes every ten seconds that it is there, and counts who did so lately.</summary>
internal sealed class LiveProcesses(NpgsqlDataSource database, ILogger<LiveProcesses> logger) : LeavingService, ILiveProcesses
{
    private const string Work = "Telling other processes of this one";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Three beats: one may be late, and one may be lost.</summary>
    internal static readonly TimeSpan Alive = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Guid process = Guid.NewGuid();
    private volatile int count = 1;

    public int Count => count;

    protected override async Task Leave(CancellationToken cancellationToken)
    {
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        brief.CancelAfter(Farewell);
        await Loop.Try(logger, Work, stopping => Beat(TimeSpan.Zero, stopping), brief.Token); // the others need not wait until it is missed
    }

    /// <summary>While the database does not answer, the last count is as good as any.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.Every(Every, logger, Work, stopping => Beat(Alive, stopping), stoppingToken, atOnce: true);

    internal async Task Beat(TimeSpan alive, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select beat($1, $2)");
        command.Parameters.Add(new() { Value = process });
        command.Parameters.Add(new() { Value = alive });
        count = Math.Max(1, (int)(await command.ExecuteScalarAsync(cancellationToken))!);
    }
}
