namespace Mainstreet.Infrastructure.Projections;

/// <summary>
/// The constant SQL texts of one view's table. Parameters: $1 the tenant, $2... one array per column; constant texts with
/// arrays keep prepared statements few.
/// </summary>
internal sealed class ViewSql
{
    public ViewSql(ViewTable table)
    {
        var columns = table.Columns.Select(column => column.Name).ToArray();
        var keys = table.Keys.Select(key => key.Name).ToArray();
        var name = $"rm.{table.Name}";
        var list = string.Join(", ", columns);
        var arrays = string.Join(", ", table.Columns.Select((column, i) => $"${i + 2}::{column.Type.Sql}[]"));
        var keyArrays = string.Join(", ", table.Keys.Select((key, i) => $"${i + 2}::{key.Type.Sql}[]"));
        var looked = $"unnest({keyArrays}) as k ({string.Join(", ", keys)}) cross join lateral";
        var live = Live(table);
        var updates = string.Join(", ", columns.Except(keys, StringComparer.Ordinal).Append("row_position").Select(column => $"{column} = excluded.{column}"));

        Upsert = Text("$" + (columns.Length + 2) + "::bigint[]");
        InlineUpsert = Text("$" + (columns.Length + 2) + "::bigint[], $" + (columns.Length + 3) + "::int[]", "current_setting('app.head')::bigint + ", ", read_in");
        Delete = $"delete from {name} t using (select o.place from {looked} ({ByKey(table, "t.ctid as place", "k", table.Keys)}) o) gone where t.tenant_id = $1 and t.ctid = gone.place";
        Select = $"select t.* from {looked} ({ByKey(table, "t.*", "k", table.Keys)} limit 1) t";
        Sum = $"select count(*), coalesce(sum(hashtextextended(row({list})::text, 0)::numeric), 0)::text from {table.Read}";
        var key = $"jsonb_build_array({string.Join(", ", keys)})::text";
        Hashes = $"select md5({key}), hashtextextended(row({list})::text, 0) from {table.Read} order by 1";
        Shown = $"select md5({key}), {key}, (to_jsonb(r) - 'row_position')::text from {table.Read} r where md5({key}) = any ($1)";
        Create = CreateText(table, name, keys);
        CreateReading = ReadingText(table, name);

        string Text(string positions, string offset = "", string readIn = "") =>
            $"""
            insert into {name} as t (tenant_id, generation, {list}, row_position)
            select $1, {(readIn.Length == 0 ? live : $"expect_generation(c.read_in, {live})")}, {string.Join(", ", columns.Select(column => "c." + column))}, {offset}c.row_position
              from unnest({arrays}, {positions}) as c ({list}, row_position{readIn})
            on conflict (tenant_id, generation, {string.Join(", ", keys)}) do update set {updates}
              where t.row_position < excluded.row_position
            """;
    }

    /// <summary>Writes rows whose row_position is a position of the log.</summary>
    public string Upsert { get; }

    /// <summary>
    /// Writes rows whose row_position counts from the head that lane() left in app.head. Raises when a row was read in another
    /// generation than the present one: the commit is to read again what a switch has replaced meanwhile.
    /// </summary>
    public string InlineUpsert { get; }

    public string Delete { get; }

    /// <summary>The rows with the given keys.</summary>
    public string Select { get; }

    /// <summary>How many rows readers see, and the sum of their hashes.</summary>
    public string Sum { get; }

    /// <summary>The hash of the key and of the row for every row that readers see, in the order of the keys' hashes.</summary>
    public string Hashes { get; }

    /// <summary>Key hash, key and row as JSON for the key hashes $1.</summary>
    public string Shown { get; }

    /// <summary>Table, indexes, policy and privileges, and what people read in psql: the view of the release that came last.</summary>
    public string Create { get; }

    /// <summary>The reading view of this version.</summary>
    public string CreateReading { get; }

    /// <summary>The name of a table's index or check, by which violations are mapped to the domain's errors.</summary>
    public static string IndexName(ViewTable table, string suffix) => table.Name + suffix;

    /// <summary>The generation that readers of this table see.</summary>
    public static string Live(ViewTable table) => $"(select live_generation('{table.Kept.Name}'))";

    /// <summary>
    /// Within a lateral join: what is selected of the table's rows whose first keys are <paramref name="keys"/> of <paramref name="other"/>. One look
    /// into the primary key, whatever the planner knows of the table: a tenant of few rows would do as well with any index, and the plan outlives its
    /// being small. Of a value between two that are equal the planner does not know that it is one, and the primary key alone gives the order.
    /// </summary>
    public static string ByKey(ViewTable table, string selected, string other, IReadOnlyList<ViewColumn> keys)
    {
        var matches = keys.Select((key, i) => (Own: $"t.{table.Keys[i].Name}", Other: $"{other}.{key.Name}")).ToArray();
        var (own, last) = matches[^1];
        return $"""
            select {selected} from rm.{table.Name} t
             where t.tenant_id = $1 and t.generation = {Live(table)} and {string.Concat(matches[..^1].Select(match => $"{match.Own} = {match.Other} and "))}{own} between {last} and {last}
             order by {own}
            """;
    }

    private static string CreateText(ViewTable table, string name, string[] keys)
    {
        string[] members =
        [
            "tenant_id uuid not null",
            "generation int not null",
            .. table.Columns.Select(column => $"{column.Name} {column.Type.Sql}{(column.Nullable ? "" : " not null")}"),
            "row_position bigint not null",
            .. table.Checks.Select((check, i) => $"constraint {IndexName(table, $"_check_{i + 1}")} check ({check.Condition})"),
            $"primary key (tenant_id, generation, {string.Join(", ", keys)})",
        ];
        var indexes = table.Indexes.Select(index =>
            $"create {(index.Unique is null ? "" : "unique ")}index {IndexName(table, index.Suffix)} on {name} "
            + $"(tenant_id, generation, {string.Join(", ", index.Columns)}){(index.Where is null ? "" : $" where {index.Where}")};\n");
        return $"""
            create table {name} (
              {string.Join(",\n  ", members)}
            ) with (fillfactor = 70);
            {string.Concat(indexes)}call protect('{name}');
            grant select, insert, update, delete on {name} to mainstreet_app;
            drop view if exists rm.{table.ReadName};
            create view rm.{table.ReadName} with (security_invoker = true) as
              select {string.Join(", ", table.Columns.Select(column => column.Name))}, row_position from {name}
               where tenant_id = (select current_tenant()) and generation = {Live(table)};
            grant select on rm.{table.ReadName} to mainstreet_app;
            """;
    }

    private static string ReadingText(ViewTable table, string name) =>
        $"""
        create schema if not exists {table.Readers};
        grant usage on schema {table.Readers} to mainstreet_app;
        create view {table.Read} with (security_invoker = true) as
          select {string.Join(", ", table.Columns.Select(column => column.Name))}, row_position from {name}
           where tenant_id = (select current_tenant()) and generation = {Live(table)};
        grant select on {table.Read} to mainstreet_app;
        """;
}
