using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Exports;

public abstract record ExportEvent : IEvent;

[EventType("export.requested.v1", Internal = true)]
public sealed record ExportRequested(ExportId ExportId, string List, ExportFormat Format, bool Personal, DateTimeOffset At) : ExportEvent;

[EventType("export.completed.v1", Description = "A list is there as a file, to be downloaded until it expires.")]
public sealed record ExportCompleted(ExportId ExportId, string List, ExportFormat Format, ExportedFile File, DateTimeOffset ExpiresAt, DateTimeOffset At) : ExportEvent;

[EventType("export.canceled.v1", Internal = true)]
public sealed record ExportCanceled(ExportId ExportId, DateTimeOffset At) : ExportEvent;

[EventType("export.expired.v1", Internal = true)]
public sealed record ExportExpired(ExportId ExportId, DateTimeOffset At) : ExportEvent;

[JsonSerializable(typeof(ExportRequested))]
[JsonSerializable(typeof(ExportCompleted))]
[JsonSerializable(typeof(ExportCanceled))]
[JsonSerializable(typeof(ExportExpired))]
internal sealed partial class ExportJson : JsonSerializerContext;
