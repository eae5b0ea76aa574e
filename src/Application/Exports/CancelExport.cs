using Mainstreet.Domain;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>Errors: not_found (404), export_ended (409).</summary>
public sealed record CancelExport(ExportId ExportId) : IRequest<Committed>;

internal sealed class CancelExportHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<CancelExport, Committed>
{
    public Task<Committed> Handle(CancelExport command, CancellationToken cancellationToken) => aggregates.Update<Export, ExportEvent>(
        command.ExportId.Value, expectedVersion: null, export => export.Cancel(clock.GetUtcNow()), cancellationToken);
}
