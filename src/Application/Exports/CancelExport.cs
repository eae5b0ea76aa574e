using Mainstreet.Domain;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>Errors: not_found (404), export_ended (409).</summary>
public sealed record CancelExport(ExportId ExportId) : IRequest<Committed>;

internal sealed class CancelExportHandler(ILane lane) : IRequestHandler<CancelExport, Committed>
{
    public Task<Committed> Handle(CancelExport command, CancellationToken cancellationToken)
    {
        var id = command.ExportId.Value;
        return lane.Run(
            streams => streams.Of<Export>(id),
            (log, now) =>
            {
                log.Append<Export, ExportEvent>(id, (log.Find<Export>(id) ?? throw new DomainException(ExportErrors.NotFound)).Cancel(now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
