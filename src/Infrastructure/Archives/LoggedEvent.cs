using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>An event as archives hold it.</summary>
/// <param name="Data">JSON with personal data readable.</param>
/// <param name="Metadata">JSON</param>
internal sealed record LoggedEvent(
    long Position, Guid StreamId, int Version, Guid EventId, EventKind Kind, string Data, string Metadata, DateTimeOffset RecordedAt);

/// <summary>A stream as a stretch of a log leaves it.</summary>
/// <param name="Kind">Of its first event.</param>
internal sealed record LoggedStream(Guid StreamId, int Version, EventKind Kind, DateTimeOffset Begun, DateTimeOffset Changed);

/// <summary>A part of a log.</summary>
/// <param name="After">Events behind this position ...</param>
/// <param name="UpTo">... and up to this one.</param>
internal sealed record LogStretch(TenantId Tenant, BusinessMode Mode, long After, long UpTo)
{
    public long Events => UpTo - After;
}
