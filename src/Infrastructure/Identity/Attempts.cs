using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Identity;

/// <summary>
/// Which guesses are counted together. An account from one network has few, and then none for a while. A network, and an account from
/// all networks that it has not been signed in from, have more, and then one from time to time: that slows guessing by many machines
/// down, and shuts nobody out, for who signs in where they did before is not held up by it.
/// </summary>
internal sealed class Attempts(NpgsqlDataSource database, RequestContext context, MasterKey master, IOptions<AttemptOptions> options) : IAttempts
{
    public async Task<IAttempt> Reserve(Guess guess, string subject, UserId? account, Client client, CancellationToken cancellationToken)
    {
        var limits = Limits(guess, subject, client);
        if ((guess is Guess.Password or Guess.Mail) && !await IsKnown(account ?? default, client.Network, cancellationToken))
        {
            limits.Add(Whole(guess, subject));
        }

        if (await Reserve(limits, cancellationToken) is { } wait)
        {
            throw new TooManyAttemptsException(wait);
        }

        return new Attempt(this, [.. limits.Select(limit => limit.Key)]);
    }

    public Task Forget(Guess guess, string subject, Client client, CancellationToken cancellationToken)
    {
        var key = Limits(guess, subject, client)[0].Key;
        return Forgive([key], cancellationToken);
    }

    /// <summary>The first is the one that a success clears.</summary>
    private List<Limit> Limits(Guess guess, string subject, Client client)
    {
        var network = AddressNetworks.Of(client.Address, 32, 64);
        return guess switch
        {
            Guess.Pin => [new(Key("pin", subject), options.Value.Pin)],
            Guess.Mail => [new(Key("mail", subject, network), options.Value.MailOfNetwork), new(Key("mails", network), options.Value.Network)],
            Guess.Registration => [new(Key("mails", network), options.Value.Network)],
            _ => [new(Key("password", subject, network), options.Value.AccountOfNetwork), new(Key("network", network), options.Value.Network)],
        };
    }

    /// <summary>Counted from all networks that are new to the account.</summary>
    private Limit Whole(Guess guess, string subject) =>
        guess is Guess.Mail ? new(Key("all mail", subject), options.Value.Mail) : new(Key("account", subject), options.Value.Account);

    private Task<bool> IsKnown(UserId account, string network, CancellationToken cancellationToken) => Ask<bool>(
        new("select exists (select from sessions where tenant_id = $1 and account_id = $2 and network = $3)")
        {
            Parameters = { new() { Value = context.Tenant.Value }, new() { Value = account.Value }, new() { Value = network } },
        },
        cancellationToken);

    private Task<TimeSpan?> Reserve(IReadOnlyList<Limit> limits, CancellationToken cancellationToken) => Ask<TimeSpan?>(
        new("select reserve_attempt($1, $2, $3, $4)")
        {
            Parameters =
            {
                new() { Value = limits.Select(limit => limit.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = limits.Select(limit => limit.Rule.Most).ToArray() },
                new() { Value = limits.Select(limit => limit.Rule.Window).ToArray() },
                new() { Value = limits.Select(limit => limit.Rule.Pause).ToArray() },
            },
        },
        cancellationToken);

    private Task<int> Forgive(byte[][] keys, CancellationToken cancellationToken) => Ask<int>(
        new("select forgive_attempt($1, $2)")
        {
            Parameters =
            {
                new() { Value = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = keys[0] },
            },
        },
        cancellationToken);

    private async Task<T> Ask<T>(NpgsqlBatchCommand question, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(context.Tenant), question } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return await reader.IsDBNullAsync(0, cancellationToken) ? default! : await reader.GetFieldValueAsync<T>(0, cancellationToken);
    }

    /// <summary>Hashed, so that the table does not tell who signs in from where. Another master key begins to count anew.</summary>
    private byte[] Key(params string[] parts) =>
        HMACSHA256.HashData(master.Derive("attempts"), Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    private sealed record Limit(byte[] Key, AttemptLimit Rule);

    private sealed class Attempt(Attempts attempts, byte[][] keys) : IAttempt
    {
        public Task Succeeded(CancellationToken cancellationToken) => attempts.Forgive(keys, cancellationToken);
    }
}
