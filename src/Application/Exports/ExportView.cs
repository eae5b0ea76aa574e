using Mainstreet.Domain;
using Mainstreet.Domain.Exports;

namespace Mainstreet.Application.Exports;

/// <param name="File">Null until it is whole.</param>
/// <param name="ExpiresAt">When the file is removed.</param>
public sealed record ExportView(
    [property: Key] ExportId ExportId,
    string List,
    ExportFormat Format,
    bool Personal,
    ExportStatus Status,
    ExportedFile? File,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    int Version);

internal sealed class ExportsProjection : Projection<ExportView>
{
    public ExportsProjection() : base("exports", version: 1, inline: true)
    {
        Index("requested_at desc", "export_id desc");
        On<ExportRequested>(
            e => new(e.ExportId, e.List, e.Format, e.Personal, ExportStatus.Running, null, null, e.At, null, 0),
            (export, _, context) => export with { Version = context.Version });
        Fold<ExportCompleted>(e => e.ExportId, (export, e) => export with { Status = ExportStatus.Completed, File = e.File, ExpiresAt = e.ExpiresAt, EndedAt = e.At });
        Fold<ExportCanceled>(e => e.ExportId, (export, e) => export with { Status = ExportStatus.Canceled, EndedAt = e.At });
        Fold<ExportExpired>(e => e.ExportId, (export, e) => export with { Status = ExportStatus.Expired, EndedAt = e.At });
    }

    private void Fold<TEvent>(Func<TEvent, ExportId> id, Func<ExportView, TEvent, ExportView> fold) where TEvent : ExportEvent => On<TEvent>(
        e => new(id(e), "", default, Personal: false, default, null, null, default, null, 0),
        (export, e, context) => fold(export, e) with { Version = context.Version });
}
