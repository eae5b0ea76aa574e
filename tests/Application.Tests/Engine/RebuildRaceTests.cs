using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Rebuilds;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Rebuilds and moments that are kept take the numbers of their generations from the same row of numbers.</summary>
public class RebuildRaceTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string View = "test_arrivals_v1";

    [Fact]
    public async Task A_rebuild_waits_for_a_moment_that_begins_to_be_kept()
    {
        var tenant = await engine.NewTenant();
        await engine.OpenItem(tenant);
        var rebuild = Uuid.New();
        await Behind(
            $"select set_config('app.tenant_id', '{tenant}', true); select * from keep_generations(array['{View}'], 1, null, 20)",
            () => engine.In(tenant, async services =>
            {
                await services.GetRequiredService<IRebuilds>().Start(rebuild, "test_arrivals", new(tenant), RebuildSwitch.Auto, CancellationToken.None);
                return true;
            }));

        (await engine.Rows("select generation from rebuilds where tenant_id = $1 order by 1", row => row.GetInt32(0), tenant.Value)).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_moment_is_kept_though_a_rebuild_of_all_took_its_number()
    {
        var tenant = await engine.NewTenant();
        await engine.OpenItem(tenant);
        var arrivals = engine.Services.GetRequiredService<ViewCatalog>().Tables.Single(table => table.Name == View);
        await Behind(
            $"select start_rebuilds('{Uuid.New()}', '{View}', null, 'manual', null)",
            async () => (await engine.In(
                tenant,
                services => services.GetRequiredService<KeptGenerations>().Of(services.GetRequiredService<RequestContext>(), [arrivals], 1, CancellationToken.None),
                context => context.Wait = TimeSpan.FromSeconds(20)))[arrivals].ShouldBe(3));
    }

    /// <summary>Has the work wait for a transaction of these statements, which ends when it does.</summary>
    private async Task Behind(string sql, Func<Task> work)
    {
        await using var source = NpgsqlDataSource.Create(engine.OwnerConnection);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(sql, connection, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        var working = work();
        while (!working.IsCompleted && (await engine.Rows("select 1 from pg_locks where not granted", row => row.GetInt32(0))).Count == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await transaction.CommitAsync();
        await working;
    }
}
