using Mainstreet.Domain;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>Errors: not_found (404).</summary>
/// <param name="Held">What the caller may: the link is for those who may read the list.</param>
public sealed record GetExport(ExportId ExportId, IReadOnlySet<string> Held) : IRequest<ExportState>;

/// <param name="Progress">While it runs.</param>
/// <param name="Link">While there is a file, for those who may read the list.</param>
public sealed record ExportState(ExportView Export, ExportProgress? Progress, ExportLink? Link);

internal sealed class GetExportHandler(IReadStore reads, IExportFiles files, IExportLinks links, ITenantContext context, TimeProvider clock) : IRequestHandler<GetExport, ExportState>
{
    public async Task<ExportState> Handle(GetExport query, CancellationToken cancellationToken)
    {
        var export = await reads.Find<ExportView>("select * from rm.exports where export_id = @export_id", new { query.ExportId }, cancellationToken)
            ?? throw new DomainException(ExportErrors.NotFound);
        return new(
            export,
            export.Status is ExportStatus.Running ? await files.Progress(export.ExportId, cancellationToken) : null,
            export.Status is ExportStatus.Completed && ExportedList.Find(export.List) is { } list && query.Held.Contains(list.Permission) ? links.Issue(context.Tenant, export.ExportId, clock.GetUtcNow() + ExportLink.ValidFor) : null);
    }
}
