using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Deliveries;
using Npgsql;

namespace Mainstreet.Api.Tests.Http;

/// <summary>A process that is halted while it sends: the server has half of a batch, and waits for the rest with the locks that the first half has taken.</summary>
public sealed class HaltedProcesses(ApiFixture api)
{
    [Theory]
    [InlineData("select head from lane(current_tenant(), 'trade')")]
    [InlineData("select hold_checkpoint('view.dashboard_v1')")]
    public async Task Keep_others_waiting_for_seconds_only(string hold)
    {
        var shop = await api.NewBusiness();
        var settings = new NpgsqlConnectionStringBuilder(api.RuntimeDatabase);
        await using var sluice = new Sluice(settings.Port);
        (settings.Host, settings.Port, settings.Pooling) = ("127.0.0.1", sluice.Port, false);
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select set_config('app.tenant_id', $1::text, true)") { Parameters = { new() { Value = shop.Id } } },
                new(hold),
                new("select length($1)") { Parameters = { new() { Value = new string('x', 1_000_000) } } },
            },
        };
        sluice.Shut(after: 100_000);
        var halted = batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await sluice.Full;

        await shop.Owner.Post("/business/categories", new { name = "Lamps" }).Until(answer => answer.Status == 201);
        await shop.Owner.Get("/business/dashboard").Until(answer => answer.Status == 200); // as of that position
        await Should.ThrowAsync<NpgsqlException>(halted);
    }
}
