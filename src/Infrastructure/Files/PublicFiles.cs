using Mainstreet.Application.Files;
using Mainstreet.Domain;
using Mainstreet.Domain.Files;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Files;

/// <inheritdoc />
internal sealed class PublicFiles(NpgsqlDataSource database, RequestContext context, IFileStore store, IOptions<PublicFileOptions> options) : IPublicFiles
{
    public string AddressOf(FileKey key) => $"{options.Value.PublicUrl?.TrimEnd('/')}/files/{key}";

    public async Task Keep(FileKey key, byte[] content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var most = options.Value.BytesPerBusiness;
        var kept = await database.Rows<int>(
            context.Tenant,
            """
            insert into public_files (tenant_id, resource, name, bytes, kept_at)
            select @tenant, @resource, @name, @bytes, @now
             where @bytes + (select coalesce(sum(bytes), 0) from public_files where tenant_id = @tenant and name <> @name) <= @most
            on conflict (tenant_id, resource, name) do update set kept_at = excluded.kept_at
            returning bytes
            """,
            new { context.Tenant, key.Resource, key.Name, Bytes = content.Length, now, most }, cancellationToken);
        Check.That(kept is not [], FileErrors.StorageFull(most));
        await store.Put(key, content, cancellationToken);
    }

    public async Task<IReadOnlyList<KeptFile>> All(CancellationToken cancellationToken) =>
    [
        .. (await database.Rows<Row>(context.Tenant, "select resource, name, kept_at from public_files where tenant_id = @tenant", new { context.Tenant }, cancellationToken))
            .Select(row => new KeptFile(new FileKey(context.Tenant, row.Resource, row.Name), row.KeptAt)),
    ];

    public async Task Remove(IReadOnlyCollection<FileKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await store.Remove(key, cancellationToken);
            await database.Rows<int>(
                key.Tenant, "delete from public_files where tenant_id = @tenant and resource = @resource and name = @name returning bytes",
                new { key.Tenant, key.Resource, key.Name }, cancellationToken);
        }
    }

    public async Task RemoveAllOf(TenantId tenant, CancellationToken cancellationToken)
    {
        await store.RemoveAll(tenant, cancellationToken);
        await database.Rows<int>(tenant, "delete from public_files where tenant_id = @tenant returning bytes", new { tenant }, cancellationToken);
    }

    private sealed record Row(string Resource, string Name, DateTimeOffset KeptAt);
}
