using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;

namespace Mainstreet.Application.Privacy;

/// <summary>The last erasure of somebody.</summary>
/// <param name="Id">The stream's.</param>
/// <param name="ErasureId">The id of the event, by which receivers of the log know it too.</param>
public sealed record ErasureView(
    [property: Key] Guid Id, int Version, Guid SubjectId, Guid ErasureId, ErasureReason Reason, UserId? By, long Events, DateTimeOffset ErasedAt);

internal sealed class ErasuresProjection : Projection<ErasureView>
{
    public ErasuresProjection() : base("erasures", version: 2, inline: true)
    {
        Index("subject_id");
        On<DataSubjectErased>(
            e => new(DataSubject.StreamOf(e.SubjectId), 0, e.SubjectId, default, e.Reason, e.By, e.Events, e.At),
            (_, e, context) => new(context.StreamId, context.Version, e.SubjectId, context.EventId, e.Reason, e.By, e.Events, e.At));
    }
}
