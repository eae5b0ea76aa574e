using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Application.Integrations;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Integrations;

/// <inheritdoc />
internal sealed class IntegrationSecrets(NpgsqlDataSource database, RequestContext context, ISecretBox secrets) : IIntegrationSecrets
{
    public Task Keep(Guid id, string secret, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant,
        "insert into integration_secrets (tenant_id, secret_id, sealed) values (@tenant, @id, @sealed) on conflict do nothing returning secret_id",
        new { Tenant = context.Tenant, id, Sealed = secrets.Seal(Encoding.UTF8.GetBytes(secret), Purpose(id)) }, cancellationToken);

    public async Task<string?> Find(Guid id, CancellationToken cancellationToken)
    {
        var found = await database.Rows<string>(
            context.Tenant, "select sealed from integration_secrets where tenant_id = @tenant and secret_id = @id", new { Tenant = context.Tenant, id }, cancellationToken);
        try
        {
            return found is [var text] ? Encoding.UTF8.GetString(secrets.Open(text, Purpose(id))) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public Task Remove(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant, "delete from integration_secrets where tenant_id = @tenant and secret_id = any (@ids) returning secret_id",
        new { Tenant = context.Tenant, Ids = ids.ToArray() }, cancellationToken);

    private string Purpose(Guid id) => $"integration-secret:{context.Tenant}:{id}";
}
