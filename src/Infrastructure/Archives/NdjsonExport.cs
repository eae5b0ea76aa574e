using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Archives;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>Writes a <see cref="NdjsonArchive"/>.</summary>
internal sealed class NdjsonExport(LogPages pages, LogStretch stretch) : ILogExport
{
    public string MediaType => NdjsonArchive.MediaType;

    public string FileName => $"{stretch.Tenant}-{stretch.After}-{stretch.UpTo}.ndjson";

    public async Task WriteTo(Stream output, CancellationToken cancellationToken)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var header = new ArchiveHeader(
            NdjsonArchive.Format, NdjsonArchive.FormatVersion, stretch.Tenant, stretch.Mode, stretch.After, stretch.UpTo, stretch.Events);
        WriteLine(buffer, JsonSerializer.SerializeToUtf8Bytes(header, StoredJson.Options));
        var line = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(line, new() { SkipValidation = true });
        await foreach (var page in pages.Read(stretch, cancellationToken))
        {
            foreach (var e in page)
            {
                line.ResetWrittenCount();
                json.Reset();
                Write(json, e);
                WriteLine(buffer, line.WrittenSpan);
            }

            await Flush(output, buffer, sum, cancellationToken);
        }

        await Flush(output, buffer, sum, cancellationToken);
        var end = new ArchiveEnd(stretch.Events, Convert.ToHexStringLower(sum.GetHashAndReset()));
        buffer.Write(JsonSerializer.SerializeToUtf8Bytes(end, StoredJson.Options));
        buffer.Write("\n"u8);
        await Flush(output, buffer, sum, cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, LoggedEvent e)
    {
        json.WriteStartObject();
        json.WriteNumber("position", e.Position);
        json.WriteString("stream_id", e.StreamId);
        json.WriteNumber("version", e.Version);
        json.WriteString("event_id", e.EventId);
        json.WriteString("type", e.Kind.Name);
        json.WriteString("recorded_at", e.RecordedAt.UtcDateTime);
        json.WritePropertyName("metadata");
        json.WriteRawValue(e.Metadata, skipInputValidation: true);
        json.WritePropertyName("data");
        json.WriteRawValue(e.Data, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteLine(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> json)
    {
        var open = json[..^1];
        buffer.Write(open);
        NdjsonArchive.Close(open, buffer.GetSpan(NdjsonArchive.CheckLength)[..NdjsonArchive.CheckLength]);
        buffer.Advance(NdjsonArchive.CheckLength);
        buffer.Write("\n"u8);
    }

    private static async Task Flush(Stream output, ArrayBufferWriter<byte> buffer, IncrementalHash sum, CancellationToken cancellationToken)
    {
        sum.AppendData(buffer.WrittenSpan);
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
    }
}
