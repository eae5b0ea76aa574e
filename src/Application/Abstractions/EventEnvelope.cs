using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>Who acts. <paramref name="Type"/> is user, driver, guest, customer or system.</summary>
public sealed record Actor(string Type, Guid? Id = null, string? Role = null)
{
    public static readonly Actor System = new("system");
    public static readonly Actor Guest = new("guest");
}

/// <summary>What is recorded beside every event of one commit.</summary>
/// <param name="Network">From where it was asked for: the address, cut off.</param>
public sealed record EventMetadata(
    Actor Actor,
    string Command,
    Guid CommandId,
    Guid CorrelationId,
    Guid CausationId,
    string? RequestId = null,
    string? TraceParent = null,
    string? Network = null);

/// <summary>Metadata as the log has it, read when somebody asks: most folds do without.</summary>
public sealed class StoredMetadata
{
    private readonly string? json;
    private EventMetadata? value;

    public StoredMetadata(string json) => this.json = json;

    public StoredMetadata(EventMetadata value) => this.value = value;

    public EventMetadata Value => value ??= JsonSerializer.Deserialize<EventMetadata>(json!, StoredJson.Options)!;
}

/// <summary>An event as it stands in the log of one tenant.</summary>
/// <param name="EventId">UUIDv7; the id of this fact on every outlet.</param>
/// <param name="Version">1, 2, 3 ... within the stream.</param>
/// <param name="Position">1, 2, 3 ... within the tenant's log, without gaps.</param>
/// <param name="Type">The stored name, such as order.placed.v1.</param>
public sealed record EventEnvelope(
    TenantId Tenant,
    Guid EventId,
    Guid StreamId,
    int Version,
    long Position,
    string Type,
    IEvent Event,
    StoredMetadata Stored,
    DateTimeOffset RecordedAt)
{
    public EventMetadata Metadata => Stored.Value;

    /// <summary>order.placed</summary>
    public string PublicType => PublicTypeOf(Type);

    /// <summary>The number behind the v.</summary>
    public int SchemaVersion => SchemaVersionOf(Type);

    /// <summary>order</summary>
    public string Subject => SubjectOf(Type);

    /// <summary>order.placed, of order.placed.v1</summary>
    public static string PublicTypeOf(string type) => type[..type.LastIndexOf('.')];

    /// <summary>1, of order.placed.v1</summary>
    public static int SchemaVersionOf(string type) => int.Parse(type.AsSpan(type.LastIndexOf('.') + 2), provider: System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>order, of order.placed.v1</summary>
    public static string SubjectOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
