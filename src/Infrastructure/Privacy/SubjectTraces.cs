using Mainstreet.Application.Privacy;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Privacy;

/// <inheritdoc />
internal sealed class SubjectTraces(NpgsqlDataSource database, RequestContext context, ViewCatalog views) : ISubjectTraces
{
    // A later rebuild that readers have been switched to stands for the erasure's own, were that canceled or failed.
    private const string SelectViews = """
        select r.view, case
            when exists (select from rebuilds o where o.tenant_id = r.tenant_id and o.view = r.view and o.generation <= done.generation and o.drop_at is not null)
              then 'dropping'
            when done.generation is not null then 'clean'
            when last.status = 'failed' then 'failed'
            else 'rebuilding' end
          from rebuilds r
          left join lateral (
            select min(d.generation) as generation from rebuilds d
             where d.tenant_id = r.tenant_id and d.view = r.view and d.generation >= r.generation and d.status = 'switched') done on true
         cross join lateral (
            select l.status from rebuilds l where l.tenant_id = r.tenant_id and l.view = r.view and l.goal <> 'keep' order by l.generation desc limit 1) last
         where r.tenant_id = $1 and r.erasure_id = $2 order by r.view
        """;

    public async Task<long> CountEvents(Guid subject, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var reader = await Read(
            connection, new("select readable_events($1, 9223372036854775807)") { Parameters = { new() { Value = subject } } }, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt64(0);
    }

    public async Task<IReadOnlyList<ErasedView>> Views(Guid erasure, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var reader = await Read(
            connection, new(SelectViews) { Parameters = { new() { Value = context.Tenant.Value }, new() { Value = erasure } } }, cancellationToken);
        var erased = new List<ErasedView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var table = reader.GetString(0);
            erased.Add(new(
                views.Tables.SingleOrDefault(view => view.Name == table)?.ReadName ?? table, // another release may know it
                Enum.Parse<ErasedViewStatus>(reader.GetString(1), ignoreCase: true)));
        }

        return erased;
    }

    private async Task<NpgsqlDataReader> Read(NpgsqlConnection connection, NpgsqlBatchCommand query, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.SetForQuery(context.Tenant), query } };
        var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return reader;
    }
}
