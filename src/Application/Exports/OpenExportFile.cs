using Mainstreet.Domain;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>The file by its link. Errors: not_found (404) for any other link, and when its time is over; export_file_gone (409).</summary>
public sealed record OpenExportFile(ExportId ExportId, string Token, DateTimeOffset ExpiresAt) : IRequest<ExportDownload>
{
    /// <summary>Without the token, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(OpenExportFile)} {ExportId}";
}

public sealed record ExportDownload(ExportView Export, ExportedFile File, IAsyncEnumerable<byte[]> Parts);

internal sealed class OpenExportFileHandler(IReadStore reads, IExportFiles files, IExportLinks links, ITenantContext context, TimeProvider clock)
    : IRequestHandler<OpenExportFile, ExportDownload>
{
    public async Task<ExportDownload> Handle(OpenExportFile query, CancellationToken cancellationToken)
    {
        Check.That(
            clock.GetUtcNow() < query.ExpiresAt && links.IsGenuine(query.Token, context.Tenant, query.ExportId, query.ExpiresAt), ExportErrors.NotFound);
        var export = await reads.Find<ExportView>("select * from rm.exports where export_id = @export_id", new { query.ExportId }, cancellationToken);
        return export is { Status: ExportStatus.Completed, File: { } file }
            ? new(export, file, files.Read(export.ExportId, cancellationToken))
            : throw new DomainException(ExportErrors.FileGone);
    }
}
