using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Startup;
using Npgsql;

namespace Mainstreet.Infrastructure.Archives;

/// <inheritdoc />
internal sealed class LogImports(DirectDatabase database, EventRegistry registry, MartenNames martens, LogMove move, StagingPlaces places) : ILogImports
{
    public async Task<IStagedLog> Stage(TenantId target, LogSource source, CancellationToken cancellationToken)
    {
        places.Take();
        NpgsqlConnection connection;
        try
        {
            connection = await database.Source.OpenConnectionAsync(cancellationToken);
        }
        catch
        {
            places.Leave();
            throw;
        }

        IArchiveReader archive = source.MartenEvents is { } events ? new MartenReader(martens, events, source.Mode) : new NdjsonReader(registry);
        var table = new StagingTable(connection);
        var checks = new LogChecks(target, archive, TimeProvider.System.GetUtcNow());
        var staged = new StagedLog(connection, table, archive, checks, move, target, places);
        try
        {
            await table.Create(cancellationToken);
            var last = 0L;
            await foreach (var archived in archive.Read(source.Body, cancellationToken))
            {
                last = archived.Line;
                await table.Add(checks.Take(archived), cancellationToken);
            }

            await table.Complete(cancellationToken);
            return checks.Profile is null
                ? throw ArchiveErrors.Invalid(last, null, "profile_missing", "The log ends without the profile of a business, with which it begins.")
                : staged;
        }
        catch
        {
            await staged.DisposeAsync();
            throw;
        }
    }
}
