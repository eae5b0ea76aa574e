using System.Globalization;
using System.Text.RegularExpressions;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// Answers a read as it would have been answered at a moment: its own SQL, on rows that are folded anew from the log in place of
/// the views that commits write. Nothing is written, and nobody waits.
/// </summary>
internal sealed partial class PastReads(NpgsqlDataSource database, ViewCatalog views, LogReader log, EventRegistry registry)
{
    public async Task<List<T>> List<T>(RequestContext context, string sql, object? parameters, string[] names, CancellationToken cancellationToken)
    {
        var read = new NpgsqlCommand(InPlaceOfViews().Replace(sql, "jsonb_populate_recordset(null::rm.${name}, @past_${name})"));
        SqlParameters.AddTo(read.Parameters, parameters);
        var named = IdsIn(read.Parameters);
        ViewTable[] tables = [.. names.Select(name => views.Named(name)).Where(table => table is { Kept.Projection.Inline: true }).Select(table => table!)];

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { TenantSql.Set(context.Tenant) } })
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        var subjects = named is [] ? await PastRows.LiveKeys(connection, tables[0].Kept, mentioned: null, cancellationToken) : named;
        var position = await Moments.PositionOf(connection, context.Tenant, context.AsOf!, subjects, cancellationToken);
        var rows = new PastRows(connection, context.Tenant, position, log, registry);
        await rows.Fold(tables, named, cancellationToken);
        foreach (var table in tables)
        {
            read.Parameters.Add(new($"past_{table.ReadName}", NpgsqlDbType.Jsonb) { Value = rows.Json(table) });
        }

        (context.ProjectionPosition, context.ProjectionVersion) = (position, Version(tables));
        (read.Connection, read.Transaction) = (connection, transaction);
        await using (read)
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            return await reader.ReadAll<T>(cancellationToken);
        }
    }

    /// <summary>As of live reads, with "past" for the generation.</summary>
    private static string Version(IEnumerable<ViewTable> tables) =>
        string.Join(' ', tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Kept.Name}.past")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static Guid[] IdsIn(NpgsqlParameterCollection parameters) =>
        [.. parameters.SelectMany(parameter => parameter.Value switch { Guid id => [id], Guid[] ids => ids, _ => (Guid[])[] })];

    [GeneratedRegex(@"\brm\.(?<name>[a-z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InPlaceOfViews();
}
