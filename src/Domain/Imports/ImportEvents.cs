using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Imports;

public abstract record ImportEvent : IEvent;

[EventType("import.requested.v1", Internal = true)]
public sealed record ImportRequested(ImportId ImportId, string List, ImportFormat Format, bool DryRun, DateTimeOffset ExpiresAt, DateTimeOffset At) : ImportEvent;

[EventType("import.started.v1", Internal = true)]
public sealed record ImportStarted(ImportId ImportId, ImportedFile File, DateTimeOffset At) : ImportEvent;

/// <param name="Parts">Done so far.</param>
/// <param name="Counts">Of all of them.</param>
[EventType("import.advanced.v1", Internal = true)]
public sealed record ImportAdvanced(ImportId ImportId, int Parts, ImportCounts Counts, DateTimeOffset At) : ImportEvent;

[EventType("import.completed.v1", Description = "Every row of a file was taken, or refused with its error; after a dry run nothing of it is kept.")]
public sealed record ImportCompleted(
    ImportId ImportId, string List, ImportFormat Format, bool DryRun, string Sha256, ImportCounts Counts, DateTimeOffset At) : ImportEvent;

[EventType("import.canceled.v1", Internal = true)]
public sealed record ImportCanceled(ImportId ImportId, DateTimeOffset At) : ImportEvent;

[EventType("import.expired.v1", Internal = true)]
public sealed record ImportExpired(ImportId ImportId, DateTimeOffset At) : ImportEvent;

[JsonSerializable(typeof(ImportRequested))]
[JsonSerializable(typeof(ImportStarted))]
[JsonSerializable(typeof(ImportAdvanced))]
[JsonSerializable(typeof(ImportCompleted))]
[JsonSerializable(typeof(ImportCanceled))]
[JsonSerializable(typeof(ImportExpired))]
internal sealed partial class ImportJson : JsonSerializerContext;
