using System.Globalization;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Rebuilds;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// Answers a read as it would have been answered at a moment: its own SQL, on rows that are folded anew from the log in place of
/// the views that commits write, and on generations that were built up to there of the others.
/// </summary>
internal sealed class PastReads(TenantShares shares, IOptions<ReadOptions> options, ViewCatalog views, LogReader log, EventRegistry registry, KeptGenerations kept)
{
    private static readonly Dictionary<ViewTable, int> NoGenerations = [];

    public async Task<List<T>> List<T>(RequestContext context, string sql, object? parameters, string[] names, CancellationToken cancellationToken)
    {
        var read = new NpgsqlCommand(views.Replace(sql, Rows));
        SqlParameters.AddTo(read.Parameters, parameters);
        var named = IdsIn(read.Parameters);
        var tables = names.Select(name => views.Named(name)!).ToArray();
        var folded = tables.Where(IsFolded).ToArray();

        var position = context.AsOf!.Position ?? await Locate(context, folded, named, cancellationToken);
        var generations = await GenerationsOf(context, tables, position, cancellationToken);

        await using var shared = await shares.Open(context.Tenant, cancellationToken);
        var connection = shared.Connection;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Begin(connection, context, generations, cancellationToken);
        var rows = new PastRows(connection, context.Tenant, position, log, registry);
        await rows.Fold(folded, named, cancellationToken);
        foreach (var table in folded)
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

    private async Task<long> Locate(RequestContext context, ViewTable[] folded, Guid[] named, CancellationToken cancellationToken)
    {
        await using var shared = await shares.Open(context.Tenant, cancellationToken);
        var connection = shared.Connection;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Begin(connection, context, NoGenerations, cancellationToken);
        var subjects = named is [] && folded is [var first, ..] ? await PastRows.LiveKeys(connection, first.Kept, mentioned: null, cancellationToken) : named;
        return await Moments.PositionOf(connection, context.Tenant, context.AsOf!, subjects, cancellationToken);
    }

    /// <summary>Views across streams are built up to the position before they are read; no connection is held meanwhile.</summary>
    private async Task<IReadOnlyDictionary<ViewTable, int>> GenerationsOf(RequestContext context, ViewTable[] tables, long position, CancellationToken cancellationToken)
    {
        var wanted = tables.Where(table => !IsFolded(table)).Select(table => table.Kept).Distinct().ToArray();
        return wanted is [] ? NoGenerations : await kept.Of(context, wanted, position, cancellationToken);
    }

    private async Task Begin(
        NpgsqlConnection connection, RequestContext context, IReadOnlyDictionary<ViewTable, int> generations, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.SetForQuery(context.Tenant, options.Value.ReadTimeout) } };
        foreach (var (table, generation) in generations)
        {
            batch.BatchCommands.Add(RebuildSql.LookAt(table, generation));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsFolded(ViewTable table) => table.Kept.Projection.Inline;

    private static string Rows(ViewTable table) => IsFolded(table)
        ? $"jsonb_populate_recordset(null::{table.Read}, @past_{table.ReadName})"
        : table.Read;

    /// <summary>As of live reads, with "past" for the generation.</summary>
    private static string Version(IEnumerable<ViewTable> tables) =>
        string.Join(' ', tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Kept.Name}.past")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static Guid[] IdsIn(NpgsqlParameterCollection parameters) =>
        [.. parameters.SelectMany(parameter => parameter.Value switch { Guid id => [id], Guid[] ids => ids, _ => (Guid[])[] })];
}
