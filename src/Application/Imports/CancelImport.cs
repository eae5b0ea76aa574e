using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>What was taken stays; nothing more is. Errors: not_found (404), import_ended (409).</summary>
public sealed record CancelImport(ImportId ImportId) : IRequest<Committed>;

internal sealed class CancelImportHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<CancelImport, Committed>
{
    public Task<Committed> Handle(CancelImport command, CancellationToken cancellationToken) => aggregates.Update<Import, ImportEvent>(
        command.ImportId.Value, expectedVersion: null, import => import.Cancel(clock.GetUtcNow()), cancellationToken);
}
