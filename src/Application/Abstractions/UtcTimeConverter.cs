using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mainstreet.Application;

/// <summary>RFC 3339 in UTC (requirements 9.9): PostgreSQL stores no other offset, and an answer that was stored reads as it did at first.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
