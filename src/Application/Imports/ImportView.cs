using Mainstreet.Domain;
using Mainstreet.Domain.Imports;

namespace Mainstreet.Application.Imports;

/// <param name="File">Null until it came.</param>
/// <param name="Counts">So far.</param>
/// <param name="ExpiresAt">When its errors are removed, and whatever else is left of its rows.</param>
public sealed record ImportView(
    [property: Key] ImportId ImportId,
    string List,
    ImportFormat Format,
    bool DryRun,
    ImportState Status,
    ImportedFile? File,
    ImportCounts Counts,
    DateTimeOffset ExpiresAt,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    int Version);

internal sealed class ImportsProjection : Projection<ImportView>
{
    public ImportsProjection() : base("imports", version: 1, inline: true)
    {
        Index("requested_at desc", "import_id desc");
        On<ImportRequested>(
            e => new(e.ImportId, e.List, e.Format, e.DryRun, ImportState.AwaitingFile, null, ImportCounts.None, e.ExpiresAt, e.At, null, 0),
            (import, _, context) => import with { Version = context.Version });
        Fold<ImportStarted>(e => e.ImportId, (import, e) => import with { Status = ImportState.Running, File = e.File });
        Fold<ImportAdvanced>(e => e.ImportId, (import, e) => import with { Counts = e.Counts });
        Fold<ImportCompleted>(e => e.ImportId, (import, e) => import with { Status = ImportState.Completed, EndedAt = e.At });
        Fold<ImportCanceled>(e => e.ImportId, (import, e) => import with { Status = ImportState.Canceled, EndedAt = e.At });
        Fold<ImportExpired>(e => e.ImportId, (import, e) => import with { Status = ImportState.Expired, EndedAt = import.EndedAt ?? e.At });
    }

    private void Fold<TEvent>(Func<TEvent, ImportId> id, Func<ImportView, TEvent, ImportView> fold) where TEvent : ImportEvent => On<TEvent>(
        e => new(id(e), "", default, DryRun: false, default, null, ImportCounts.None, default, default, null, 0),
        (import, e, context) => fold(import, e) with { Version = context.Version });
}
