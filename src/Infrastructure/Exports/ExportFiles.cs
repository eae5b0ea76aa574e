using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Mainstreet.Application;
using Mainstreet.Application.Exports;
using Mainstreet.Domain;
using Mainstreet.Domain.Exports;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Exports;

/// <inheritdoc />
/// <remarks>They are in the database, so that any process can hand them out.</remarks>
internal sealed class ExportFiles(NpgsqlDataSource database, RequestContext context, ExportRows rows) : IExportFiles
{
    private const int PartSize = 1024 * 1024;

    public async Task<ExportedFile?> Write(ExportId id, ExportedList list, ExportFormat format, CancellationToken cancellationToken)
    {
        if (list.Personal && await rows.IsForgetting(cancellationToken))
        {
            throw new UnavailableException("erasure_under_way", "Somebody is being erased; the list is read after that.", TimeSpan.FromSeconds(1));
        }

        var total = await rows.Count(list, cancellationToken);
        using var file = new OpenFile(database, context.Tenant, id, await Begin(id, total, cancellationToken));
        using var text = ExportText.Of(format, list.Row);
        await foreach (var row in rows.Read(list, total, cancellationToken))
        {
            text.Write(row);
            file.Rows++;
            if (text.Length >= PartSize && !await file.Keep(text.Take(), cancellationToken))
            {
                return null;
            }
        }

        return await file.Keep(text.Take(), cancellationToken) ? file.Whole() : null;
    }

    public async Task<ExportProgress?> Progress(ExportId id, CancellationToken cancellationToken) =>
        await database.Rows<ExportProgress>(
            context.Tenant,
            """
            select coalesce(sum(p.rows), 0)::bigint as done, f.total
              from export_files f left join export_parts p on p.tenant_id = f.tenant_id and p.export_id = f.export_id
             where f.tenant_id = @tenant and f.export_id = @id group by f.total
            """,
            new { context.Tenant, id }, cancellationToken) is [var progress] ? progress : null;

    public async IAsyncEnumerable<byte[]> Read(ExportId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var part = 0; await Part(id, part, cancellationToken) is { } content; part++)
        {
            using var unpacked = new MemoryStream();
            await using (var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
            {
                await gzip.CopyToAsync(unpacked, cancellationToken);
            }

            yield return unpacked.ToArray();
        }
    }

    /// <summary>The file before its parts: a run that is writing one has the file's lock, and writes none after it.</summary>
    public async Task Remove(ExportId id, CancellationToken cancellationToken)
    {
        await database.Rows<Guid>(
            context.Tenant, "delete from export_files where tenant_id = @tenant and export_id = @id returning export_id", new { context.Tenant, id }, cancellationToken);
        await database.Rows<int>(
            context.Tenant, "delete from export_parts where tenant_id = @tenant and export_id = @id returning part", new { context.Tenant, id }, cancellationToken);
    }

    /// <summary>Removes what an earlier run wrote, and keeps it from writing on.</summary>
    private async Task<Guid> Begin(ExportId id, long total, CancellationToken cancellationToken)
    {
        var run = Uuid.New();
        await Remove(id, cancellationToken);
        await database.Rows<Guid>(
            context.Tenant, "insert into export_files (tenant_id, export_id, run, total) values (@tenant, @id, @run, @total) on conflict do nothing returning export_id",
            new { context.Tenant, id, run, total }, cancellationToken);
        return run;
    }

    private async Task<byte[]?> Part(ExportId id, int part, CancellationToken cancellationToken) =>
        await database.Rows<byte[]>(
            context.Tenant, "select content from export_parts where tenant_id = @tenant and export_id = @id and part = @part", new { context.Tenant, id, part }, cancellationToken) is [var content]
            ? content
            : null;

    /// <summary>A file that is being written.</summary>
    private sealed class OpenFile(NpgsqlDataSource database, TenantId tenant, ExportId id, Guid run) : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long bytes;
        private long kept;
        private int parts;

        /// <summary>Written so far, kept or not.</summary>
        public long Rows { get; set; }

        /// <summary>False: the file is not this run's any more.</summary>
        public async Task<bool> Keep(byte[] text, CancellationToken cancellationToken)
        {
            hash.AppendData(text);
            bytes += text.Length;
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync(text, cancellationToken);
            }

            var written = await database.Rows<int>(
                tenant,
                """
                insert into export_parts (tenant_id, export_id, part, rows, content)
                select tenant_id, export_id, @part, @rows, @content from export_files where tenant_id = @tenant and export_id = @id and run = @run for share
                returning part
                """,
                new { tenant, id, run, Part = parts++, Rows = Rows - kept, Content = packed.ToArray() }, cancellationToken);
            kept = Rows;
            return written is [_];
        }

        public ExportedFile Whole() => new(Rows, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));

        public void Dispose() => hash.Dispose();
    }
}
