using System.Globalization;
using System.Text.RegularExpressions;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// A table of one connection's own, into which a log is copied before it is anybody's: COPY is not for tables with row-level security.
/// Rows go in by the thousand, so that a slow sender keeps no statement waiting.
/// </summary>
internal sealed partial class StagingTable(NpgsqlConnection connection)
{
    private const int RowsPerCopy = 1000;

    private readonly List<StagedEvent> rows = new(RowsPerCopy);

    public async Task Create(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            create temporary table imported_events (
              line bigint, position bigint, stream_id uuid, version int, event_id uuid, type text, data jsonb, metadata jsonb, subject_id uuid, recorded_at timestamptz)
            """, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task Add(StagedEvent row, CancellationToken cancellationToken)
    {
        rows.Add(row);
        if (rows.Count == RowsPerCopy)
        {
            await Flush(cancellationToken);
        }
    }

    /// <summary>Errors: log_invalid (400) for an event id that comes twice, and for what PostgreSQL does not take as jsonb.</summary>
    public async Task Complete(CancellationToken cancellationToken)
    {
        await Flush(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            select line from (select line, row_number() over (partition by event_id order by line) as nth from imported_events) e
             where nth > 1 order by line limit 1
            """, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is long line)
        {
            throw ArchiveErrors.Invalid(line, "event_id", "duplicate", "Another event before has this id.");
        }
    }

    public async Task Drop()
    {
        await using var command = new NpgsqlCommand("drop table if exists imported_events", connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task Flush(CancellationToken cancellationToken)
    {
        try
        {
            await Copy(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal) && Row().Match(e.Where ?? "") is { Success: true } found)
        {
            var row = rows[int.Parse(found.Groups["row"].Value, CultureInfo.InvariantCulture) - 1];
            throw ArchiveErrors.Invalid(row.Line, found.Groups["column"].Value, "invalid", e.MessageText);
        }

        rows.Clear();
    }

    private async Task Copy(CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy imported_events from stdin (format binary)", cancellationToken);
        foreach (var (line, e, subject) in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(e.Position, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(e.StreamId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(e.Version, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(e.EventId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(e.Kind.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(e.Data, NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(e.Metadata, NpgsqlDbType.Jsonb, cancellationToken);
            if (subject is { } person)
            {
                await copy.WriteAsync(person, NpgsqlDbType.Uuid, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
            }

            await copy.WriteAsync(e.RecordedAt, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    [GeneratedRegex(@"COPY imported_events, line (?<row>\d+), column (?<column>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
