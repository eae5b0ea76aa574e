using Mainstreet.Application.Projections;
using Mainstreet.Infrastructure.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>The statements of a rebuild; the tenant is set in the batch before them.</summary>
internal static class RebuildSql
{
    private static readonly ColumnType Status = ColumnType.Of(typeof(RebuildStatus));

    /// <summary>From here on the transaction reads and writes this generation of the view, and no other.</summary>
    public static NpgsqlBatchCommand LookAt(ViewTable table, int generation) => new("select set_config('app.generation.' || $1, $2, true)")
    {
        Parameters = { new() { Value = table.Name }, new() { Value = generation.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
    };

    /// <summary>How far the live rows are folded: an inline view as far as the log goes, others up to their checkpoint. A parked one waits for nobody.</summary>
    public static NpgsqlBatchCommand LivePosition(ViewTable table, Guid tenant) => new("""
        select h.head, case when $3 or c.parked_at is not null then h.head else least(coalesce(c.position, 0), h.head) end as live
          from (select coalesce(max(position), 0) as head from events where tenant_id = $1) h
          left join checkpoints c on c.tenant_id = $1 and c.subscription = $2
        """)
    {
        Parameters = { new() { Value = tenant }, new() { Value = table.Name }, new() { Value = table.Projection.Inline } },
    };

    /// <summary>Moves a rebuild on, or raises when it was canceled or taken over.</summary>
    public static NpgsqlBatchCommand Advance(GenerationBuild build, long to, long head, RebuildStatus status) =>
        new("select advance_rebuild($1, $2, $3, $4, $5, $6, $7)")
        {
            Parameters =
            {
                new() { Value = build.Row.RebuildId }, new() { Value = build.Row.Attempt }, new() { Value = build.Position }, new() { Value = to }, new() { Value = head },
                new() { Value = Status.ToColumn(status) }, new() { Value = build.Lease },
            },
        };

    /// <summary>Changes columns of a rebuild that is worked on, and still is this worker's; otherwise none.</summary>
    /// <param name="set">Columns and values; parameters from $4 on.</param>
    public static NpgsqlBatchCommand Update(RebuildRow row, string set, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(
            $"""
            update rebuilds set {set}, updated_at = clock_timestamp()
             where tenant_id = $1 and rebuild_id = $2 and attempt = $3 and status in ('requested', 'building', 'catching_up', 'verifying')
            """)
        {
            Parameters = { new() { Value = row.TenantId }, new() { Value = row.RebuildId }, new() { Value = row.Attempt } },
        };
        foreach (var value in values)
        {
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown } : new() { Value = value });
        }

        return command;
    }
}
