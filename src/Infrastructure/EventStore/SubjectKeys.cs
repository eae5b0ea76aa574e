using System.Collections.Concurrent;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.EventStore;

/// <param name="ErasedTo">The position up to which the subject was erased before: the key opens only what stands behind it.</param>
internal sealed record SubjectKey(byte[] Key, long ErasedTo);

/// <summary>
/// The keys with which personal data is encrypted, one per data subject, wrapped by the master key. Writers may use a
/// remembered key, for their commit is refused when it was destroyed meanwhile (expect_keys). Readers never do.
/// </summary>
internal sealed class SubjectKeys(ISecretBox secrets)
{
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<(TenantId, Guid), SubjectKey> known = new();

    /// <summary>
    /// The keys of these subjects; missing ones are made on <paramref name="connection"/>, so inside its transaction if it
    /// has one. <see cref="Remember"/> them only when that is committed.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, SubjectKey>> Ensure(
        NpgsqlConnection connection, TenantId tenant, IEnumerable<Guid> subjects, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<Guid, SubjectKey>();
        var missing = new List<Guid>();
        foreach (var subject in subjects.Distinct().Order())
        {
            if (known.TryGetValue((tenant, subject), out var key))
            {
                keys.Add(subject, key);
            }
            else
            {
                missing.Add(subject);
            }
        }

        if (missing.Count > 0)
        {
            await Make(connection, tenant, missing, keys, cancellationToken);
        }

        return keys;
    }

    public void Remember(TenantId tenant, IReadOnlyDictionary<Guid, SubjectKey> keys)
    {
        if (known.Count > Remembered)
        {
            known.Clear();
        }

        foreach (var (subject, key) in keys)
        {
            known[(tenant, subject)] = key;
        }
    }

    /// <summary>A key that was remembered is not the subject's any more. That is rare: all are looked up again.</summary>
    public void Forget() => known.Clear();

    public byte[] Unwrap(TenantId tenant, Guid subject, string wrapped) => secrets.Open(wrapped, Purpose(tenant, subject));

    /// <summary>Raises in the commit when one of these keys is not the subject's any more.</summary>
    public static NpgsqlBatchCommand Expect(IReadOnlyDictionary<Guid, SubjectKey> keys) => new("select expect_keys($1, $2)")
    {
        Parameters = { new() { Value = keys.Keys.ToArray() }, new() { Value = keys.Values.Select(key => key.ErasedTo).ToArray() } },
    };

    /// <summary>Keeps keys that were made outside of commits, of subjects that the tenant knows nothing of yet. Null: the subject was erased, and did not come back.</summary>
    public NpgsqlBatchCommand Insert(TenantId tenant, IReadOnlyDictionary<Guid, (byte[]? Key, long ErasedTo)> keys) => new("""
        insert into subject_keys (tenant_id, subject_id, wrapped, erased_to)
        select $1, s.subject_id, s.wrapped, s.erased_to from unnest($2::uuid[], $3::text[], $4::bigint[]) as s (subject_id, wrapped, erased_to)
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = keys.Keys.ToArray() },
            new() { Value = keys.Select(key => key.Value.Key is { } open ? secrets.Seal(open, Purpose(tenant, key.Key)) : null).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = keys.Values.Select(key => key.ErasedTo).ToArray() },
        },
    };

    /// <summary>A wrapped key opens only as the key of its own subject.</summary>
    public static string Purpose(TenantId tenant, Guid subject) => $"subject-key:{tenant}:{subject}";

    private async Task Make(
        NpgsqlConnection connection, TenantId tenant, List<Guid> missing, Dictionary<Guid, SubjectKey> keys, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(tenant),
                new("""
                    insert into subject_keys as k (tenant_id, subject_id, wrapped)
                    select $1, s.subject_id, s.wrapped from unnest($2::uuid[], $3::text[]) as s (subject_id, wrapped)
                    on conflict (tenant_id, subject_id) do update set wrapped = coalesce(k.wrapped, excluded.wrapped)
                    returning k.subject_id, k.wrapped, k.erased_to
                    """)
                {
                    Parameters =
                    {
                        new() { Value = tenant.Value },
                        new() { Value = missing.ToArray() },
                        new() { Value = missing.Select(subject => secrets.Seal(PersonalDataCipher.NewKey(), Purpose(tenant, subject))).ToArray() },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var subject = reader.GetGuid(0);
            keys.Add(subject, new(Unwrap(tenant, subject, reader.GetString(1)), reader.GetInt64(2)));
        }
    }
}
