using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain.Deliveries;

namespace Mainstreet.Api.Tests.Archives;

public sealed class MovingABusiness(ApiFixture api)
{
    private static readonly string[] screens =
        ["/business/dashboard", "/business/orders", "/business/stock/items", "/business/stock/movements", "/business/stock/transfers", "/business/locations", "/business/products", "/business/storefront", "/business/drivers"];

    [Fact]
    public async Task A_new_business_with_the_log_of_another_shows_the_same()
    {
        var busy = await api.NewBusyBusiness();
        var log = await busy.Business.Owner.Exported();
        var (id, owner) = (Guid.NewGuid(), await api.NewUser("heir"));
        var imported = await (await api.NewOperator()).Import(id, owner, log).Returns(201);

        imported.Header("Location").ShouldBe($"/api/v1/businesses/{id}");
        imported.Json.GetProperty("imported_from").GetGuid().ShouldBe(busy.Business.Id);
        var heir = await Waiting(owner, id, imported);
        foreach (var screen in screens)
        {
            (await heir.Shown(screen)).ShouldBe(await busy.Business.Owner.Shown(screen), screen);
        }

        (await heir.Exported()).Events().ShouldBe(busy.Renamed(log.Events(), id));
    }

    [Fact]
    public async Task Life_goes_on_and_nothing_of_the_past_happens_again()
    {
        var busy = await api.NewBusyBusiness();
        await using var receiver = await WebhookReceiver.Start();
        await busy.Business.NewWebhook(receiver, ["*"]);
        var log = await busy.Business.Owner.Exported();
        var (id, owner, subdomain) = (Guid.NewGuid(), await api.NewUser("heir"), Starters.NewSubdomain("heir"));
        var imported = await (await api.NewOperator()).Import(id, owner, log, subdomain).Returns(201);
        imported.Json.GetProperty("last_position").GetInt64().ShouldBe(imported.Json.GetProperty("events").GetInt64() + 1);
        var heir = new TestBusiness(id, subdomain, owner, await Waiting(owner, id, imported), null);

        var database = new WholeDatabase(api.Database);
        (await database.Texts($"select type from messages where tenant_id = '{id}'")).ShouldBeEmpty();
        (await database.Number($"select count(*) from webhook_deliveries where tenant_id = '{id}'")).ShouldBe(0);
        (await heir.Owner.Get("/webhook-endpoints").Returns(200)).Data.ShouldBeEmpty(); // it told of another business

        var next = await api.Buy(heir, busy.Open.Variant);
        next.Number.ShouldBe("1004");
        await heir.Owner.Post($"{next.Path}/confirm").Returns(204);
        await heir.Owner.Post($"{busy.Open.Path}/cancel", new { reason = "Never collected" }).Returns(204);
        await heir.Owner.Get($"/business/deliveries/{Delivery.IdsOf(new(id), new(busy.Delivered.Id))[0]}").Returns(200);
        (await heir.Owner.Get(busy.Delivered.Path).Returns(200)).Text.ShouldContain("Carla Berg");
        (await database.Number($"select count(*) from events where tenant_id = '{id}' and data::text like '%Carla%'")).ShouldBe(0);
    }

    [Fact]
    public async Task In_another_installation_it_keeps_its_ids()
    {
        var busy = await api.NewBusyBusiness();
        var log = await busy.Business.Owner.Exported();
        var other = new ApiFixture();
        await other.InitializeAsync();
        await using var _ = other;
        var owner = await other.NewUser("owner");
        var there = await other.NewOperator();
        var imported = await there.Import(busy.Business.Id, owner, log, busy.Business.Subdomain).Returns(201);

        var moved = await Waiting(other, owner, busy.Business.Id, imported);
        foreach (var screen in screens)
        {
            (await moved.Shown(screen)).ShouldBe(await busy.Business.Owner.Shown(screen), screen);
        }

        (await moved.Exported()).ShouldBe(log);
        await there.Import(busy.Business.Id, owner, log).Refused(409, "already_exists");
        await there.Import(Guid.NewGuid(), owner, log, busy.Business.Subdomain).Refused(409, "subdomain_taken");
        await there.Import(Guid.NewGuid(), busy.Business.User, log).Refused(404, "not_found");
    }

    [Fact]
    public async Task What_was_erased_stays_erased()
    {
        var busy = await api.NewBusyBusiness();
        var database = new WholeDatabase(api.Database);
        var before = await busy.Business.Owner.Exported();
        await busy.Business.Owner.Post($"{busy.Open.Path}/cancel", new { reason = "Never collected" }).Returns(204);
        var customer = (await database.Texts($"select subject_id::text from events where tenant_id = '{busy.Business.Id}' and type = 'order.placed.v1' limit 1"))[0];
        await busy.Business.Owner.Post($"/business/customers/{customer}/erase", new { reason = "requested" }).Send();
        var log = await busy.Business.Owner.Exported();
        log.Events().Count(line => line.Contains("[erased]", StringComparison.Ordinal)).ShouldBeGreaterThan(0);

        var (id, owner) = (Guid.NewGuid(), await api.NewUser("heir"));
        var imported = await (await api.NewOperator()).Import(id, owner, log).Returns(201);
        (await (await Waiting(owner, id, imported)).Exported()).Events().ShouldBe(busy.Renamed(log.Events(), id));
        (await database.Number($"select count(*) from subject_keys where tenant_id = '{id}'"))
            .ShouldBe(await database.Number($"select count(*) from subject_keys where tenant_id = '{busy.Business.Id}'"));

        // an older part of the archive still shows what was erased later
        var (second, parts) = (Guid.NewGuid(), before + await busy.Business.Owner.Exported($"/business/log/export?after={before.Events().Length}"));
        var restored = await (await api.NewOperator()).Import(second, owner, parts).Returns(201);
        (await (await Waiting(owner, second, restored)).Exported()).ShouldNotContain("Carla");
    }

    [Fact]
    public async Task Increments_follow_one_another()
    {
        var busy = await api.NewBusyBusiness();
        var first = await busy.Business.Owner.Exported();
        await busy.Business.Rename("Acme & Daughters");
        var second = await busy.Business.Owner.Exported($"/business/log/export?after={first.Events().Length}");
        second.Events().Length.ShouldBe(1);

        var (id, owner, operators) = (Guid.NewGuid(), await api.NewUser("heir"), await api.NewOperator());
        (await operators.Import(id, owner, second).Refused(400, "log_invalid")).Json.Text("field").ShouldBe("after");
        var imported = await operators.Import(id, owner, first + second).Returns(201);
        (await (await Waiting(owner, id, imported)).Exported()).Events().ShouldBe(busy.Renamed([.. first.Events(), .. second.Events()], id));
    }

    private Task<Session> Waiting(TestUser owner, Guid id, ApiAnswer imported) => Waiting(api, owner, id, imported);

    /// <summary>The new owner's session, when views have come to the end of the log.</summary>
    internal static async Task<Session> Waiting(ApiFixture api, TestUser owner, Guid id, ApiAnswer imported)
    {
        var session = await (await api.Switch(owner, id)).SteppedUp();
        var end = imported.Json.GetProperty("last_position").GetInt64();
        await session.Get($"/business/dashboard?min_position={end}&wait_ms=5000").Returns(200);
        await session.Get($"/business/stock/movements?min_position={end}&wait_ms=5000").Returns(200);
        await session.Get($"/business/orders?min_position={end}&wait_ms=5000").Returns(200);
        return session;
    }
}
