using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Security;

/// <inheritdoc />
internal sealed class SealedSecrets(NpgsqlDataSource database, RequestContext context, ISecretBox secrets) : ISealedSecrets
{
    public Task Keep(Guid id, string secret, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant,
        "insert into sealed_secrets (tenant_id, secret_id, sealed) values (@tenant, @id, @sealed) on conflict do nothing returning secret_id",
        new { Tenant = context.Tenant, id, Sealed = secrets.Seal(Encoding.UTF8.GetBytes(secret), Purpose(id)) }, cancellationToken);

    public async Task<string?> Find(Guid id, CancellationToken cancellationToken) => (await Find([id], cancellationToken)).GetValueOrDefault(id);

    public async Task<IReadOnlyDictionary<Guid, string>> Find(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var found = await database.Rows<Row>(
            context.Tenant, "select secret_id, sealed from sealed_secrets where tenant_id = @tenant and secret_id = any (@ids)",
            new { Tenant = context.Tenant, Ids = ids.ToArray() }, cancellationToken);
        return found.Select(row => (row.SecretId, Secret: Open(row))).Where(row => row.Secret is not null).ToDictionary(row => row.SecretId, row => row.Secret!);
    }

    public Task Remove(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant, "delete from sealed_secrets where tenant_id = @tenant and secret_id = any (@ids) returning secret_id",
        new { Tenant = context.Tenant, Ids = ids.ToArray() }, cancellationToken);

    private string? Open(Row row)
    {
        try
        {
            return Encoding.UTF8.GetString(secrets.Open(row.Sealed, Purpose(row.SecretId)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Named after those who had secrets first: what is sealed stays readable.</summary>
    private string Purpose(Guid id) => $"integration-secret:{context.Tenant}:{id}";

    private sealed record Row(Guid SecretId, string Sealed);
}
