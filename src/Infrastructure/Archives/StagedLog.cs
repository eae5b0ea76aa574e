using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Npgsql;

namespace Mainstreet.Infrastructure.Archives;

/// <inheritdoc />
internal sealed class StagedLog(NpgsqlConnection connection, StagingTable table, IArchiveReader archive, LogChecks checks, LogMove move, TenantId target, StagingPlaces places)
    : IStagedLog
{
    public TenantId Source => archive.Source;

    public BusinessMode Mode => archive.Mode;

    public BusinessProfile Profile => checks.Profile!;

    public long Events => checks.Last!.Position;

    public Task<long> Move(CancellationToken cancellationToken) => move.Run(connection, target, checks, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await table.Drop();
        }
        catch (NpgsqlException)
        {
            // it goes with its connection
        }

        await connection.DisposeAsync();
        places.Leave();
    }
}
