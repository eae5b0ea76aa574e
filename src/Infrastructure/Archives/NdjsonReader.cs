using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>A log as one of the formats has it.</summary>
internal interface IArchiveReader
{
    /// <summary>Whose log it is; known with the first event.</summary>
    TenantId Source { get; }

    BusinessMode Mode { get; }

    /// <summary>Errors: log_invalid (400).</summary>
    IAsyncEnumerable<ArchivedEvent> Read(Stream body, CancellationToken cancellationToken);
}

/// <param name="Line">On which it stands.</param>
/// <param name="Data">The event's.</param>
internal sealed record ArchivedEvent(long Line, LoggedEvent Event, JsonElement Data);

/// <summary>Reads a <see cref="NdjsonArchive"/>, or several that follow one another.</summary>
internal sealed class NdjsonReader(EventRegistry registry) : IArchiveReader
{
    private ArchiveHeader? header;

    public TenantId Source => header!.TenantId;

    public BusinessMode Mode => header!.Mode;

    public async IAsyncEnumerable<ArchivedEvent> Read(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (last, left, open) = (0L, 0L, false);
        await foreach (var line in BodyLines.Read(body, cancellationToken))
        {
            last = line.Number;
            if (open && left == 0)
            {
                CheckEnd(line, sum);
                open = false;
                continue;
            }

            if (!NdjsonArchive.IsWhole(line.Bytes))
            {
                throw ArchiveErrors.Invalid(line.Number, null, "damaged", open ? $"The line does not match its check; {left} events are still to come." : "The line does not match its check.");
            }

            sum.AppendData(line.Bytes);
            sum.AppendData("\n"u8);
            if (open)
            {
                left--;
                yield return Event(line);
            }
            else
            {
                header = ReadHeader(line, header);
                (left, open) = (header.Events, true);
            }
        }

        if (open || header is null)
        {
            throw ArchiveErrors.Invalid(last + 1, null, "truncated", header is null ? "The body is empty." : $"The body ends here: {left} events and the checksum are missing.");
        }
    }

    private static ArchiveHeader ReadHeader(BodyLine line, ArchiveHeader? before)
    {
        var fields = LineFields.Of(line, "format", "format_version", "tenant_id", "mode", "after", "up_to", "events", "check");
        if (fields.Text("format") != NdjsonArchive.Format)
        {
            throw fields.Invalid("format", $"Must be {NdjsonArchive.Format}.");
        }

        if (fields.Number("format_version") != NdjsonArchive.FormatVersion)
        {
            throw fields.Invalid("format_version", $"This release reads version {NdjsonArchive.FormatVersion}.", "unknown_version");
        }

        var mode = fields.Text("mode") switch { "live" => BusinessMode.Live, "test" => BusinessMode.Test, _ => throw fields.Invalid("mode", "Must be live or test.") };
        var said = new ArchiveHeader(
            NdjsonArchive.Format, NdjsonArchive.FormatVersion, new(fields.Id("tenant_id")), mode, fields.Number("after"), fields.Number("up_to"), fields.Number("events"));
        return said.After != (before?.UpTo ?? 0) ? throw fields.Invalid("after", $"The events behind position {before?.UpTo ?? 0} are missing.", "gap")
            : said.UpTo - said.After != said.Events ? throw fields.Invalid("events", "Must be what after and up_to say.")
            : before is not null && (before.TenantId, before.Mode) != (said.TenantId, said.Mode) ? throw fields.Invalid("tenant_id", "Must be that of the archive before.")
            : said;
    }

    private ArchivedEvent Event(BodyLine line)
    {
        var fields = LineFields.Of(line, "position", "stream_id", "version", "event_id", "type", "recorded_at", "metadata", "data", "check");
        var (metadata, data) = (fields.Object("metadata").GetRawText(), fields.Object("data"));
        if (!IsMetadata(metadata))
        {
            throw fields.Invalid("metadata", "Must be the metadata of an event.");
        }

        return new(line.Number, new(
            fields.Number("position"), fields.Id("stream_id"), fields.Version("version"), fields.Id("event_id"),
            registry.Find(fields.Text("type")) ?? throw fields.Invalid("type", "This release knows no such event.", "unknown_type"),
            data.GetRawText(), metadata, fields.Time("recorded_at")), data);
    }

    internal static bool IsMetadata(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<EventMetadata>(json, StoredJson.Options) is { Actor.Type: not null };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void CheckEnd(BodyLine line, IncrementalHash sum)
    {
        var fields = LineFields.Of(line, "events", "sha256");
        if (fields.Number("events") != header!.Events)
        {
            throw fields.Invalid("events", $"The header says {header.Events}.");
        }

        if (!Encoding.ASCII.GetBytes(fields.Text("sha256")).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sum.GetHashAndReset()))))
        {
            throw fields.Invalid("sha256", "The lines before are not those that were exported.", "checksum");
        }
    }
}
