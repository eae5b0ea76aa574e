using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Reads;
using Npgsql;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>Keeps the origins of a business's settings where they are found across businesses: in the same commit.</summary>
internal sealed class AllowedOrigins(NpgsqlDataSource database) : IAllowedOrigins
{
    private const string Replace = """
        with gone as (delete from allowed_origins where tenant_id = (select current_tenant()) and origin <> all ($1))
        insert into allowed_origins (tenant_id, origin) select (select current_tenant()), origin from unnest($1) origin on conflict do nothing
        """;

    /// <summary>Those of a log that another place began.</summary>
    private const string Import = """
        insert into allowed_origins (tenant_id, origin)
        select (select current_tenant()), jsonb_array_elements_text(settings -> 'allowed_origins')
          from (select data -> 'settings' as settings from imported_events where type = any ($1) order by position desc limit 1) last
         where settings ? 'allowed_origins' on conflict do nothing
        """;

    public static void AddTo(NpgsqlBatch batch, CommitPlan plan)
    {
        foreach (var changed in plan.Appended.Select(entry => entry.Event).OfType<BusinessSettingsChanged>())
        {
            batch.BatchCommands.Add(new(Replace) { Parameters = { new() { Value = changed.Settings.AllowedOrigins ?? [] } } });
        }
    }

    public static NpgsqlBatchCommand OfImported(EventRegistry registry) => new(Import)
    {
        Parameters = { new() { Value = new[] { registry.Of(typeof(BusinessProfileCreated)).Name, registry.Of(typeof(BusinessSettingsChanged)).Name } } },
    };

    public async Task<bool> Of(TenantId business, string origin, CancellationToken cancellationToken) => await database.Rows<string>(
        business, "select origin from allowed_origins where tenant_id = (select current_tenant()) and origin = @origin", new { origin }, cancellationToken) is not [];

    public async Task<bool> OfAny(string origin, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select is_allowed_origin($1)");
        command.Parameters.Add(new() { Value = origin });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
