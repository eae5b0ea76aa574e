using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Imports;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Imports;

/// <inheritdoc />
internal sealed class ImportFiles(NpgsqlDataSource database, RequestContext context, ISecretBox secrets) : IImportFiles
{
    private const int RowsOfPart = 200;
    private const int LengthOfPart = 512 * 1024;

    public async Task<KeptRows> Keep(ImportId id, Guid upload, IAsyncEnumerable<ImportRow> rows, CancellationToken cancellationToken)
    {
        var (count, parts, length) = (0, 0, 0);
        var part = new List<JsonElement>();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var text = JsonSerializer.SerializeToElement(row, StoredJson.Options);
            part.Add(text);
            count++;
            length += text.GetRawText().Length;
            if (part.Count == RowsOfPart || length >= LengthOfPart)
            {
                await Keep(id, upload, parts++, part, cancellationToken);
                part.Clear();
                length = 0;
            }
        }

        if (part.Count > 0)
        {
            await Keep(id, upload, parts++, part, cancellationToken);
        }

        return new(count, parts);
    }

    public async Task<ImportRow[]?> Part(ImportId id, Guid upload, int part, CancellationToken cancellationToken) =>
        await database.Rows<string>(
            context.Tenant, "select sealed from import_parts where tenant_id = @tenant and import_id = @id and upload = @upload and part = @part",
            new { context.Tenant, id, upload, part }, cancellationToken) is [var text]
            ? JsonSerializer.Deserialize<ImportRow[]>(secrets.Open(text, Purpose(id)), StoredJson.Options)
            : null;

    public Task KeepErrors(ImportId id, IReadOnlyList<ImportRowError> errors, CancellationToken cancellationToken) => database.Rows<int>(
        context.Tenant,
        """
        insert into import_errors (tenant_id, import_id, row, line, id, place, code, message)
        select @tenant, @id, e.row, e.line, e.id, e.place, e.code, e.message
          from jsonb_to_recordset(@errors::jsonb) as e (row int, line int, id uuid, place text, code text, message text)
         where exists (select from import_parts p where p.tenant_id = @tenant and p.import_id = @id)
        on conflict do nothing returning row
        """,
        new { context.Tenant, id, Errors = JsonSerializer.Serialize(errors, StoredJson.Options) }, cancellationToken);

    public Task<IReadOnlyList<ImportRowError>> Errors(ImportId id, int after, int most, CancellationToken cancellationToken) => database.Rows<ImportRowError>(
        context.Tenant,
        "select row, line, id, place, code, message from import_errors where tenant_id = @tenant and import_id = @id and row > @after order by row limit @most",
        new { context.Tenant, id, after, most }, cancellationToken);

    public Task RemoveRows(ImportId id, Guid? upload, CancellationToken cancellationToken) => database.Rows<int>(
        context.Tenant, "delete from import_parts where tenant_id = @tenant and import_id = @id and (@upload is null or upload = @upload) returning part",
        new { context.Tenant, id, upload }, cancellationToken);

    public Task RemoveErrors(ImportId id, CancellationToken cancellationToken) => database.Rows<int>(
        context.Tenant, "delete from import_errors where tenant_id = @tenant and import_id = @id returning row", new { context.Tenant, id }, cancellationToken);

    private async Task Keep(ImportId id, Guid upload, int part, List<JsonElement> rows, CancellationToken cancellationToken) => await database.Rows<int>(
        context.Tenant, "insert into import_parts (tenant_id, import_id, upload, part, sealed) values (@tenant, @id, @upload, @part, @sealed) returning part",
        new { context.Tenant, id, upload, part, Sealed = secrets.Seal(JsonSerializer.SerializeToUtf8Bytes(rows, StoredJson.Options), Purpose(id)) }, cancellationToken);

    private string Purpose(ImportId id) => $"import-rows:{context.Tenant}:{id}";
}
