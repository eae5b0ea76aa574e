using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Events;

/// <summary>
/// An event as it leaves the product (requirements 9.14). The bytes follow from the event alone, so every attempt to deliver
/// it sends the same ones and nothing but the log has to keep them: what is erased there is erased here.
/// </summary>
public static class EventBody
{
    private static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="envelope">As read from the log.</param>
    /// <param name="payload">A thin body says what happened to what, without the data.</param>
    public static byte[] Of(EventEnvelope envelope, PayloadKind payload) => Write(writer =>
    {
        writer.WriteString("id", envelope.EventId);
        writer.WriteString("type", envelope.PublicType);
        writer.WriteString("timestamp", envelope.RecordedAt.UtcDateTime);
        writer.WriteString("tenant_id", envelope.Tenant.Value);
        WriteSubject(writer, envelope.Subject, envelope.StreamId);
        writer.WriteNumber("sequence", envelope.Version);
        writer.WriteNumber("position", envelope.Position);
        if (payload is PayloadKind.Full)
        {
            writer.WritePropertyName("data");
            JsonSerializer.Serialize(writer, envelope.Event, envelope.Event.GetType(), EventJson.Options);
        }

        writer.WritePropertyName("actor");
        JsonSerializer.Serialize(writer, envelope.Metadata.Actor, StoredJson.Options);
        writer.WriteString("correlation_id", envelope.Metadata.CorrelationId);
        writer.WriteString("causation_id", envelope.Metadata.CausationId);
        writer.WriteNumber("schema_version", envelope.SchemaVersion);
    });

    /// <summary>A sample for a receiver. It is in no log, so sequence and position are 0.</summary>
    public static byte[] Test(Guid id, DateTimeOffset timestamp, TenantId tenant, WebhookEndpointId endpoint) => Write(writer =>
    {
        writer.WriteString("id", id);
        writer.WriteString("type", WebhookEndpoint.TestEventType);
        writer.WriteString("timestamp", timestamp.UtcDateTime);
        writer.WriteString("tenant_id", tenant.Value);
        WriteSubject(writer, "webhook_endpoint", endpoint.Value);
        writer.WriteNumber("sequence", 0);
        writer.WriteNumber("position", 0);
        writer.WriteStartObject("data");
        writer.WriteString("webhook_endpoint_id", endpoint.Value);
        writer.WriteEndObject();
        writer.WriteString("correlation_id", id);
        writer.WriteString("causation_id", id);
        writer.WriteNumber("schema_version", 1);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteSubject(Utf8JsonWriter writer, string type, Guid id)
    {
        writer.WriteStartObject("subject");
        writer.WriteString("type", type);
        writer.WriteString("id", id);
        writer.WriteEndObject();
    }
}
