using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>What was wrong with rows, by row; while the import runs, so far. Errors: not_found (404), import_errors_gone (410).</summary>
public sealed record ListImportErrors(ImportId ImportId, PageRequest Page) : IRequest<Page<ImportRowError>>;

internal sealed class ListImportErrorsHandler(IMediator mediator, IImportFiles files) : IRequestHandler<ListImportErrors, Page<ImportRowError>>
{
    public async Task<Page<ImportRowError>> Handle(ListImportErrors query, CancellationToken cancellationToken)
    {
        var import = await mediator.Send(new GetImport(query.ImportId), cancellationToken);
        Check.That(import.Status is not ImportState.Expired, ImportErrors.ErrorsGone);
        var list = $"import_errors {query.ImportId}";
        var after = query.Page.After(list)?.Number(0) ?? 0;
        Check.That(after is >= 0 and <= int.MaxValue, CursorCodec.Invalid().Error);
        var rows = await files.Errors(query.ImportId, (int)after, query.Page.Rows, cancellationToken);
        return query.Page.Cut(rows, list, error => [error.Row]);
    }
}
