using System.Runtime.CompilerServices;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// Rows of Marten's mt_events as JSON, one a line, in the order of seq_id, and nothing else. How many there must be is told beside them, because
/// nothing in them says where they end.
/// </summary>
internal sealed class MartenReader(MartenNames names, long events, BusinessMode mode) : IArchiveReader
{
    private TenantId? source;

    public TenantId Source => source!.Value;

    public BusinessMode Mode => mode;

    public async IAsyncEnumerable<ArchivedEvent> Read(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, sequence, time) = (0L, -1L, DateTimeOffset.MinValue);
        await foreach (var line in BodyLines.Read(body, cancellationToken))
        {
            last = line.Number;
            var fields = LineFields.Of(
                line, "seq_id", "id", "stream_id", "version", "data", "type", "timestamp", "tenant_id", "mt_dotnet_type", "correlation_id", "causation_id", "headers",
                "user_name", "is_archived", "is_skipped");
            var tenant = new TenantId(fields.Id("tenant_id"));
            if (tenant != (source ??= tenant))
            {
                throw fields.Invalid("tenant_id", "Must be the same on all lines.");
            }

            if (fields.Number("seq_id") is var next && next <= sequence)
            {
                throw fields.Invalid("seq_id", "Must rise from line to line.", "out_of_order");
            }

            sequence = next;
            time = fields.Time("timestamp") is var said && said > time ? said : time; // transactions that ran side by side have theirs from when they began
            yield return Event(fields, time);
        }

        if (last != events)
        {
            throw ArchiveErrors.Invalid(last + 1, null, "truncated", $"There were to be {events} events, and {last} came.");
        }
    }

    private ArchivedEvent Event(LineFields fields, DateTimeOffset time)
    {
        var (id, data) = (fields.Id("id"), fields.Object("data"));
        return new(fields.Line, new(
            fields.Line, fields.Id("stream_id"), fields.Version("version"), id,
            names.Find(fields.Text("type")) ?? throw fields.Invalid("type", "This release knows no such event.", "unknown_type"),
            data.GetRawText(), Metadata(fields, id), time), data);
    }

    /// <summary>As this product wrote it into the headers, else made from what Marten keeps.</summary>
    private static string Metadata(LineFields fields, Guid id)
    {
        if (fields.Has("headers") && fields.Object("headers").GetRawText() is var headers && NdjsonReader.IsMetadata(headers))
        {
            return headers;
        }

        var correlation = Known("correlation_id");
        return JsonSerializer.Serialize(new EventMetadata(Actor.System, "Import", id, correlation, Known("causation_id")), StoredJson.Options);

        Guid Known(string name) => fields.Has(name) && Guid.TryParse(fields.Text(name), out var known) ? known : id;
    }
}
