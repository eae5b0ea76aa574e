using Npgsql;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>
/// The parts of a view's rows in a table of their own. Written after the rows, and only where the row is the one that this
/// write left: parts that are gone or differ go first, then the missing ones come, so that unique values can change hands.
/// </summary>
internal sealed class ViewPartsTable
{
    private readonly Func<object, IEnumerable<object>> of;
    private readonly string delete;
    private readonly string inlineDelete;
    private readonly string insert;
    private readonly string inlineInsert;

    public ViewPartsTable(ViewTable table, Func<object, IEnumerable<object>> of)
    {
        (Table, this.of) = (table, of);
        (delete, inlineDelete) = (DeleteText(""), DeleteText(InlineOffset));
        (insert, inlineInsert) = (InsertText(""), InsertText(InlineOffset));
    }

    public ViewTable Table { get; }

    public IEnumerable<object> PartsOf(object view) => of(view);

    private const string InlineOffset = "current_setting('app.head')::bigint + ";

    /// <param name="rows">The owner's rows as they were just written.</param>
    public IEnumerable<NpgsqlBatchCommand> Write(Guid tenant, IReadOnlyCollection<ViewRow> rows, bool inline)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        var parts = rows.Where(row => row.View is not null).SelectMany(row => of(row.View!).Select(part => (Part: part, row.Position))).ToArray();
        yield return Command(inline ? inlineDelete : delete, tenant, rows, parts);
        if (parts.Length > 0)
        {
            yield return Command(inline ? inlineInsert : insert, tenant, rows, parts);
        }
    }

    private NpgsqlBatchCommand Command(string sql, Guid tenant, IReadOnlyCollection<ViewRow> rows, (object Part, long Position)[] parts)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = tenant } } };
        for (var i = 0; i < OwnerKeys.Count; i++)
        {
            ViewRows.AddArray(command, OwnerKeys[i], [.. rows.Select(row => row.Key.Parts[i])]);
        }

        command.Parameters.Add(new() { Value = rows.Select(row => row.Position).ToArray() });
        foreach (var column in Table.Columns)
        {
            ViewRows.AddArray(command, column, [.. parts.Select(entry => column.Get(entry.Part))]);
        }

        return command;
    }

    private IReadOnlyList<ViewColumn> OwnerKeys => Table.Kept.Keys;

    /// <summary>The owner's rows of this write, $2... and their positions. A row that another write has left meanwhile is not among them.</summary>
    private string Written(string offset)
    {
        var keys = string.Join(", ", OwnerKeys.Select(key => key.Name));
        return $"""
            written as (
              select {string.Join(", ", OwnerKeys.Select(key => "w." + key.Name))}, w.row_position
                from (select {keys}, {offset}counted as row_position from unnest({Arrays(2, OwnerKeys)}, ${OwnerKeys.Count + 2}::bigint[]) as k ({keys}, counted)) w
                left join lateral ({ViewSql.ByKey(Table.Kept, "t.row_position", "w", OwnerKeys)} limit 1) o on true
               where o.row_position is null or o.row_position = w.row_position),
            parts as (
              select * from unnest({Arrays(OwnerKeys.Count + 3, Table.Columns)}) as p ({Names}))
            """;
    }

    private string DeleteText(string offset) =>
        $"""
        with {Written(offset)}
        delete from rm.{Table.Name} t using (select o.place from written w cross join lateral ({ViewSql.ByKey(Table, "t.ctid as place", "w", OwnerKeys)}) o) had
         where t.tenant_id = $1 and t.ctid = had.place
           and not exists (
             select from parts p where {Match("p", Table.Keys, "t", Table.Keys, Table.Keys.Count)}
                and ({List("p")}) is not distinct from ({List("t")}))
        """;

    private string InsertText(string offset) =>
        $"""
        with {Written(offset)}
        insert into rm.{Table.Name} (tenant_id, generation, {Names}, row_position)
        select $1, {ViewSql.Live(Table)}, {List("p")}, w.row_position
          from parts p join written w on {Match("p", Table.Keys, "w", OwnerKeys)}
        on conflict (tenant_id, generation, {string.Join(", ", Table.Keys.Select(key => key.Name))}) do nothing
        """;

    private string Names => string.Join(", ", Table.Columns.Select(column => column.Name));

    private string List(string alias) => string.Join(", ", Table.Columns.Select(column => $"{alias}.{column.Name}"));

    private static string Arrays(int from, IReadOnlyList<ViewColumn> columns) =>
        string.Join(", ", columns.Select((column, i) => $"${from + i}::{column.Type.Sql}[]"));

    /// <summary>The first keys of one equal the first keys of the other; as many as the owner has, unless said otherwise.</summary>
    private string Match(string left, IReadOnlyList<ViewColumn> leftKeys, string right, IReadOnlyList<ViewColumn> rightKeys, int? count = null) =>
        string.Join(" and ", Enumerable.Range(0, count ?? OwnerKeys.Count).Select(i => $"{left}.{leftKeys[i].Name} = {right}.{rightKeys[i].Name}"));
}
