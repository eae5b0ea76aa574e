using System.Security.Cryptography;
using Mainstreet.Application.Privacy;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// Brings what previous master keys sealed under the present one, some at a time: subject keys first, until none is left, then the
/// installation's own. Those come last, so that a start without the previous key is refused until all is done.
/// </summary>
internal sealed class MasterKeyRotation(NpgsqlDataSource database, MasterKey master, SecretBox box, InstallationKeys installation, ILogger<MasterKeyRotation> logger)
    : BackgroundService, IMasterKeys
{
    private const int AtOnce = 200;

    private readonly SemaphoreSlim asked = new(0);
    private TimeSpan next = Timeout.InfiniteTimeSpan;

    public void Rotate() => asked.Release();

    public async Task<MasterKeyState> State(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select key_id, subject_keys, installation_keys from sealed_by()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sealing = new List<SealingKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sealing.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return new(master.Id, [.. master.Previous.Select(previous => previous.Id)], sealing);
    }

    public override void Dispose()
    {
        asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!installation.AreCurrent)
        {
            Rotate();
        }

        await Loop.Run(logger, "The rotation of the master key", RunWhenAsked, stoppingToken);
    }

    private async Task RunWhenAsked(CancellationToken stoppingToken)
    {
        await asked.WaitAsync(next, stoppingToken);
        next = TimeSpan.Zero; // unless it comes to its end
        try
        {
            await Run(stoppingToken);
        }
        catch (CryptographicException e)
        {
            logger.LogError(e, "A subject key is sealed with a master key that is not configured: list it in Security:PreviousMasterKeys");
        }

        next = Timeout.InfiniteTimeSpan;
    }

    private async Task Run(CancellationToken cancellationToken)
    {
        var count = 0L;
        while (await Round(cancellationToken) is var (found, wrapped) && found > 0)
        {
            count += wrapped;
        }

        await installation.Reseal(database, cancellationToken);
        logger.LogInformation("All is sealed with master key {Key}; {Count} subject keys were wrapped anew. Previous keys can be removed", master.Id, count);
    }

    /// <summary>Once through all subject keys: how many were under another key, and how many are no longer.</summary>
    private async Task<(long Found, long Wrapped)> Round(CancellationToken cancellationToken)
    {
        var (found, wrapped, last) = (0L, 0L, (Guid.Empty, Guid.Empty));
        while (await Next(last, cancellationToken) is [_, ..] some)
        {
            last = (some[^1].Tenant, some[^1].Subject);
            (found, wrapped) = (found + some.Count, wrapped + await Wrap(some, cancellationToken));
        }

        return (found, wrapped);
    }

    private async Task<List<(Guid Tenant, Guid Subject, string Wrapped)>> Next((Guid Tenant, Guid Subject) after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select tenant_id, subject_id, wrapped from subject_keys_not_of($1, $2, $3, $4)");
        command.Parameters.Add(new() { Value = master.Id });
        command.Parameters.Add(new() { Value = after.Tenant });
        command.Parameters.Add(new() { Value = after.Subject });
        command.Parameters.Add(new() { Value = AtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<(Guid, Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)));
        }

        return keys;
    }

    private async Task<long> Wrap(List<(Guid Tenant, Guid Subject, string Wrapped)> keys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select rewrap_subject_keys($1, $2, $3, $4)");
        command.Parameters.Add(new() { Value = keys.Select(key => key.Tenant).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(key => key.Subject).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(key => key.Wrapped).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(key => Rewrapped(new(key.Tenant), key.Subject, key.Wrapped)).ToArray() });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private string Rewrapped(Domain.TenantId tenant, Guid subject, string wrapped)
    {
        var purpose = EventStore.SubjectKeys.Purpose(tenant, subject);
        return box.Seal(box.Open(wrapped, purpose), purpose);
    }
}
