using System.Globalization;
using System.Text;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Archives;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// A log as SQL for a schema that Marten made, with conjoined tenancy and with correlation, causation and headers kept: rows of mt_streams
/// and mt_events, in one transaction. seq_id is drawn from Marten's own sequence, so that the events of other tenants stay where they are.
/// </summary>
internal sealed class MartenExport(LogPages pages, LogStretch stretch, MartenNames names) : ILogExport
{
    public string MediaType => "application/sql";

    public string FileName => $"{stretch.Tenant}-{stretch.After}-{stretch.UpTo}.sql";

    public async Task WriteTo(Stream output, CancellationToken cancellationToken)
    {
        await using var sql = new StreamWriter(output, new UTF8Encoding(false), bufferSize: 64 * 1024, leaveOpen: true);
        await sql.WriteAsync($"-- {stretch.Tenant}, positions {stretch.After + 1} to {stretch.UpTo}\nset standard_conforming_strings = on;\nbegin;\n");
        await foreach (var streams in pages.ReadStreams(stretch, cancellationToken))
        {
            await sql.WriteAsync("insert into mt_streams (id, tenant_id, type, version, timestamp, created, is_archived) values\n");
            await sql.WriteAsync(string.Join(",\n", streams.Select(stream =>
                $"({Text(stream.StreamId)}, {Text(stretch.Tenant)}, {Text(names.AggregateOf(stream.Kind))}, {stream.Version}, {Time(stream.Changed)}, {Time(stream.Begun)}, false)")));
            await sql.WriteAsync("\non conflict (id, tenant_id) do update set version = excluded.version, timestamp = excluded.timestamp;\n");
        }

        await foreach (var page in pages.Read(stretch, cancellationToken))
        {
            await sql.WriteAsync(
                "insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, is_archived) values\n");
            await sql.WriteAsync(string.Join(",\n", page.Select(Row)));
            await sql.WriteAsync(";\n");
            await sql.FlushAsync(cancellationToken);
        }

        await sql.WriteAsync($"commit;\n-- {stretch.Events} events\n");
    }

    private string Row(LoggedEvent e)
    {
        var metadata = JsonSerializer.Deserialize<EventMetadata>(e.Metadata, StoredJson.Options)!;
        return $"(nextval('mt_events_sequence'), {Text(e.EventId)}, {Text(e.StreamId)}, {e.Version}, {Text(e.Data)}, {Text(MartenNames.NameOf(e.Kind))}, {Time(e.RecordedAt)}, "
            + $"{Text(stretch.Tenant)}, {Text(MartenNames.ClrNameOf(e.Kind))}, {Text(metadata.CorrelationId)}, {Text(metadata.CausationId)}, {Text(e.Metadata)}, false)";
    }

    private static string Text(object value) => $"'{value.ToString()!.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Time(DateTimeOffset time) => $"'{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";
}
