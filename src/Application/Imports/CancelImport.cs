using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>What was taken stays; nothing more is. Errors: not_found (404), import_ended (409).</summary>
public sealed record CancelImport(ImportId ImportId) : IRequest<Committed>;

internal sealed class CancelImportHandler(ILane lane) : IRequestHandler<CancelImport, Committed>
{
    public Task<Committed> Handle(CancelImport command, CancellationToken cancellationToken)
    {
        var id = command.ImportId.Value;
        return lane.Run(
            streams => streams.Of<Import>(id),
            (log, now) =>
            {
                log.Append<Import, ImportEvent>(id, (log.Find<Import>(id) ?? throw new DomainException(ImportErrors.NotFound)).Cancel(now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
