using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetImport(ImportId ImportId) : IRequest<ImportView>;

internal sealed class GetImportHandler(IReadStore reads) : IRequestHandler<GetImport, ImportView>
{
    public async Task<ImportView> Handle(GetImport query, CancellationToken cancellationToken) =>
        await reads.Find<ImportView>("select * from rm.imports where import_id = @import_id", new { query.ImportId }, cancellationToken)
            ?? throw new DomainException(ImportErrors.NotFound);
}
