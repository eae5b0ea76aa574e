using Mainstreet.Application.Imports.Reading;
using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>
/// The file of an import, which runs from then on; the same file again says nothing new. Errors: not_found (404), import_list_forbidden (403),
/// import_ended, import_has_file (409), digest_mismatch and those of <see cref="ImportFileErrors"/> (400), after which another file may be sent.
/// </summary>
/// <param name="Sha256">What the caller says that it is, in lower-case hex; null: nothing.</param>
/// <param name="Held">What the caller may.</param>
public sealed record UploadImportFile(ImportId ImportId, Stream Body, string? Sha256, IReadOnlySet<string> Held) : IRequest<Committed>;

internal sealed class UploadImportFileHandler(IAggregates aggregates, IImportFiles files, ILane lane) : IRequestHandler<UploadImportFile, Committed>
{
    public async Task<Committed> Handle(UploadImportFile command, CancellationToken cancellationToken)
    {
        var id = command.ImportId;
        var import = (await aggregates.Find<Import, ImportEvent>(id.Value, cancellationToken))?.State ?? throw new DomainException(ImportErrors.NotFound);
        var list = ImportedList.Find(import.List)!;
        Check.That(command.Held.Contains(list.Permission), ImportErrors.ListForbidden(list.Permission));
        Check.That(import.Status is ImportState.AwaitingFile or ImportState.Running or ImportState.Completed, ImportErrors.Ended);
        var upload = Uuid.New();
        var isTaken = false;
        try
        {
            using var text = new CheckedText(command.Body);
            var kept = await files.Keep(id, upload, ImportRows.Read(text, import.Format, list, cancellationToken), cancellationToken);
            var file = new ImportedFile(upload, kept.Rows, kept.Parts, text.Bytes, text.Sha256());
            Check.That(command.Sha256 is null || command.Sha256 == file.Sha256, ImportFileErrors.DigestMismatch(file.Sha256));
            var committed = await Start(id, file, cancellationToken);
            isTaken = committed.IsTaken;
            return committed;
        }
        finally
        {
            if (!isTaken)
            {
                await files.RemoveRows(id, upload, CancellationToken.None);
            }
        }
    }

    private Task<Started> Start(ImportId id, ImportedFile file, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Import>(id.Value),
        (log, now) =>
        {
            var started = log.Get<Import>(id.Value).Start(file, now);
            log.Append<Import, ImportEvent>(id.Value, started);
            if (started is not [])
            {
                log.Schedule(new RunImport(id), now);
            }

            return new Started(started is not [], log.Version(id.Value));
        },
        cancellationToken);

    private sealed record Started(bool IsTaken, int Version) : Committed(Version);
}
