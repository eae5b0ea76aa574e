using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>Its time is over.</summary>
[Message("import.expire", Queues.Imports, Purpose.Erase)]
internal sealed record ExpireImport(ImportId ImportId) : IRequest<Committed>;

internal sealed class ExpireImportHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ExpireImport, Committed>
{
    public Task<Committed> Handle(ExpireImport command, CancellationToken cancellationToken) => aggregates.Update<Import, ImportEvent>(
        command.ImportId.Value, expectedVersion: null, import => import.Expire(clock.GetUtcNow()), cancellationToken);
}

/// <summary>The rows of a file are kept until they are imported, and no longer.</summary>
[Message("import.remove_rows", Queues.Imports, Purpose.Erase)]
internal sealed record RemoveImportRows(ImportId ImportId) : IRequest<Committed>;

internal sealed class RemoveImportRowsHandler(IImportFiles files) : IRequestHandler<RemoveImportRows, Committed>
{
    public async Task<Committed> Handle(RemoveImportRows command, CancellationToken cancellationToken)
    {
        await files.RemoveRows(command.ImportId, upload: null, cancellationToken);
        return new Committed(0);
    }
}

/// <summary>Nothing is left of an import but what the log says of it.</summary>
[Message("import.remove_all", Queues.Imports, Purpose.Erase)]
internal sealed record RemoveImport(ImportId ImportId) : IRequest<Committed>;

internal sealed class RemoveImportHandler(IImportFiles files) : IRequestHandler<RemoveImport, Committed>
{
    public async Task<Committed> Handle(RemoveImport command, CancellationToken cancellationToken)
    {
        await files.RemoveRows(command.ImportId, upload: null, cancellationToken);
        await files.RemoveErrors(command.ImportId, cancellationToken);
        return new Committed(0);
    }
}

internal sealed class ImportEnds : Policy
{
    public ImportEnds() : base("import_ends")
    {
        On<ImportRequested>(e => Schedule(new ExpireImport(e.ImportId), e.ExpiresAt));
        On<ImportCompleted>(e => Schedule(new RemoveImportRows(e.ImportId), e.At));
        On<ImportCanceled>(e => Schedule(new RemoveImportRows(e.ImportId), e.At));
        On<ImportExpired>(e => Schedule(new RemoveImport(e.ImportId), e.At));
    }
}
