using System.Security.Cryptography;
using Npgsql;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// Keys that outlive a change of the master key. They follow from the first one, and are stored sealed with the present one; a
/// retired master key is among them, because secrets in events stay sealed with the one of their time.
/// </summary>
internal sealed class InstallationKeys(MasterKey master, SecretBox box)
{
    private const string Role = "database role";
    private const string OrderTracking = "order tracking";
    private const string RefreshTokens = "refresh tokens";
    private const string MailTokens = "mail tokens";
    private const string Retired = "master key ";

    private Dictionary<string, string> stored = new(StringComparer.Ordinal);

    /// <summary>The runtime role's password. Every process knows it, and none needs to be told.</summary>
    public string RolePassword => stored.TryGetValue(Role, out var text) ? Convert.ToHexStringLower(Open(Role, text)) : FirstPassword(master.Derive);

    public byte[] Tracking => Open(OrderTracking, stored[OrderTracking]);

    public byte[] Sessions => Open(RefreshTokens, stored[RefreshTokens]);

    public byte[] Mails => Open(MailTokens, stored[MailTokens]);

    /// <summary>What is stored is sealed with the present master key: no previous one is needed.</summary>
    public bool AreCurrent => stored.Values.All(text => SecretBox.KeyIdOf(text) == master.Id);

    public static string FirstPassword(Func<string, byte[]> derive) => Convert.ToHexStringLower(derive("database role mainstreet_app"));

    /// <summary>Errors: InvalidOperationException when the configured master keys do not open this database.</summary>
    public async Task Load(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select to_regclass('public.installation_keys') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return;
        }

        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var select = new NpgsqlCommand("select name, sealed from installation_keys", connection))
        await using (var reader = await select.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                read.Add(reader.GetString(0), reader.GetString(1));
            }
        }

        foreach (var (name, text) in read.Where(key => key.Key.StartsWith(Retired, StringComparison.Ordinal)))
        {
            box.Accept(MasterKey.Retired(Open(name, text)));
        }

        stored = read;
        _ = stored.Count > 0 ? RolePassword : null; // or the start ends here
    }

    /// <summary>Stores the keys of a new installation.</summary>
    public async Task Ensure(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using (var insert = owner.CreateCommand("insert into installation_keys (name, sealed) select * from unnest($1, $2) on conflict do nothing"))
        {
            string[] names = [Role, OrderTracking, RefreshTokens, MailTokens];
            insert.Parameters.Add(new() { Value = names });
            insert.Parameters.Add(new() { Value = names.Select(name => box.Seal(master.Derive(name == Role ? "database role mainstreet_app" : name), Purpose(name))).ToArray() });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await Load(owner, cancellationToken);
    }

    /// <summary>Everything anew under the present master key, and the previous ones among it.</summary>
    public async Task Reseal(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var sealedAnew = stored.ToDictionary(key => key.Key, key => box.Seal(Open(key.Key, key.Value), Purpose(key.Key)), StringComparer.Ordinal);
        foreach (var previous in master.Previous.Where(previous => previous.Id != master.Id))
        {
            sealedAnew[Retired + previous.Id] = previous.Seal(box, Purpose(Retired + previous.Id));
        }

        await using var command = database.CreateCommand("select seal_installation_keys($1, $2)");
        command.Parameters.Add(new() { Value = sealedAnew.Keys.ToArray() });
        command.Parameters.Add(new() { Value = sealedAnew.Values.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        stored = sealedAnew;
    }

    private static string Purpose(string name) => $"installation-key:{name}";

    private byte[] Open(string name, string text)
    {
        try
        {
            return box.Open(text, Purpose(name));
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException(
                $"Security:MasterKey is {master.Id}, and this database is sealed with {SecretBox.KeyIdOf(text)}: set that key, or list it in Security:PreviousMasterKeys.", e);
        }
    }
}
