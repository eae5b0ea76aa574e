using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application.ApiKeys;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Npgsql;

namespace Mainstreet.Infrastructure.ApiKeys;

/// <summary>
/// Nothing is remembered: a key's row is read in one trip by its primary key, as it was committed, whichever process did. Nobody is locked out
/// for wrong keys, since 32 random bytes cannot be guessed.
/// </summary>
internal sealed class ApiKeyStore(NpgsqlDataSource database, ViewCatalog views) : IApiKeys
{
    private const string Look = """
        select k.scopes, k.secret_hash, k.previous_hash,
               case when k.revoked_at is not null then 'revoked' when k.expires_at <= tenant_now() then 'expired' end as over,
               k.previous_valid_until > tenant_now() as previous_counts,
               u.last_used_at > clock_timestamp() - interval '1 minute' as just_used
          from rm.api_keys k left join api_key_uses u on u.tenant_id = (select current_tenant()) and u.key_id = k.id
         where k.id = @key
        """;

    /// <summary>However many come at once, one of them writes.</summary>
    private const string Mark = """
        insert into api_key_uses (tenant_id, key_id, last_used_at) values ((select current_tenant()), @key, clock_timestamp())
            on conflict (tenant_id, key_id) do update set last_used_at = excluded.last_used_at
         where api_key_uses.last_used_at <= excluded.last_used_at - interval '1 minute'
        returning key_id
        """;

    public async Task<ApiKeyWorth?> Find(string text, CancellationToken cancellationToken)
    {
        if (ApiKeyText.Read(text) is not { } shown || await database.Rows<Row>(shown.Business, views.Own(Look), new { Key = shown.KeyId }, cancellationToken) is not [var row])
        {
            return null;
        }

        var (isPresent, isPrevious) = (Matches(shown.Hash, row.SecretHash), Matches(shown.Hash, row.PreviousHash));
        if (!isPresent && !isPrevious)
        {
            return null;
        }

        ApiKeyEnd? over = row.Over switch
        {
            "revoked" => ApiKeyEnd.Revoked,
            "expired" => ApiKeyEnd.Expired,
            _ => isPresent || row.PreviousCounts is true ? null : ApiKeyEnd.Rotated,
        };
        if (over is null && row.JustUsed is not true)
        {
            await database.Rows<Guid>(shown.Business, Mark, new { Key = shown.KeyId }, cancellationToken);
        }

        return new(shown, row.Scopes.ToFrozenSet(StringComparer.Ordinal), over);
    }

    public async ValueTask<bool> IsGood(TenantId business, ApiKeyId key, CancellationToken cancellationToken) => await database.Rows<Guid>(
        business, views.Own("select id from rm.api_keys where id = @key and revoked_at is null and coalesce(expires_at > tenant_now(), true)"), new { key }, cancellationToken) is not [];

    public async Task<IReadOnlyDictionary<ApiKeyId, DateTimeOffset>> LastUsed(
        TenantId business, IReadOnlyCollection<ApiKeyId> keys, CancellationToken cancellationToken) =>
        (await database.Rows<Use>(
            business, "select key_id, last_used_at from api_key_uses where tenant_id = (select current_tenant()) and key_id = any (@keys)",
            new { Keys = keys.Select(key => key.Value).ToArray() }, cancellationToken))
        .ToDictionary(use => use.KeyId, use => use.LastUsedAt);

    private static bool Matches(string shown, string? stored) =>
        stored is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(shown), Encoding.ASCII.GetBytes(stored));

    private sealed record Row(string[] Scopes, string SecretHash, string? PreviousHash, string? Over, bool? PreviousCounts, bool? JustUsed);

    private sealed record Use(ApiKeyId KeyId, DateTimeOffset LastUsedAt);
}
