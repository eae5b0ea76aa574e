using Mainstreet.Application;
using Mainstreet.Application.Drivers;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Drivers;

/// <inheritdoc />
internal sealed class DocumentFiles(NpgsqlDataSource database, RequestContext context, ISecretBox secrets) : IDocumentFiles
{
    /// <summary>Nothing is kept of somebody who was erased meanwhile: an erasure waits for the key's lock, and then finds the row.</summary>
    public Task Keep(Guid id, Guid subject, byte[] content, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant,
        """
        with person as (select wrapped from subject_keys where tenant_id = @tenant and subject_id = @subject for share)
        insert into document_files (tenant_id, file_id, subject_id, sealed) select @tenant, @id, @subject, @sealed
         where not exists (select from person where wrapped is null)
        on conflict do nothing returning file_id
        """,
        new { Tenant = context.Tenant, id, subject, Sealed = secrets.Seal(content, Purpose(id)) }, cancellationToken);

    public async Task<byte[]?> Find(Guid id, CancellationToken cancellationToken) =>
        await database.Rows<string>(context.Tenant, "select sealed from document_files where tenant_id = @tenant and file_id = @id", new { Tenant = context.Tenant, id }, cancellationToken) is [var file]
            ? secrets.Open(file, Purpose(id))
            : null;

    public Task Remove(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant, "delete from document_files where tenant_id = @tenant and file_id = any (@ids) returning file_id",
        new { Tenant = context.Tenant, Ids = ids.ToArray() }, cancellationToken);

    private string Purpose(Guid id) => $"document-file:{context.Tenant}:{id}";
}
