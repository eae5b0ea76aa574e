using System.Text;
using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Http;

/// <summary>Prefer: handling=dry-run.</summary>
public sealed class TryingWithoutEffect(ApiFixture api)
{
    private const string DryRun = "handling=dry-run";

    [Fact]
    public async Task A_checkout_is_decided_and_nothing_is_sold()
    {
        var acme = await api.NewBusiness();
        var lamp = await acme.Sell(stock: 3);
        var basket = new Basket(new BasketLine(lamp, 2)) { Id = Guid.NewGuid() };
        var before = await Everything(acme);

        var tried = await api.Checkout(acme, basket).With("Prefer", $"respond-async, {DryRun}").Key("the-same").Returns(200);
        tried.Header("Preference-Applied").ShouldBe(DryRun);
        (tried.ETag, tried.Position, tried.Header("Location")).ShouldBe((null, null, null));
        tried.Json.GetProperty("status").GetInt32().ShouldBe(201);
        var result = tried.Json.GetProperty("result");
        (result.GetProperty("id").GetGuid(), result.GetProperty("totals").Amount("total")).ShouldBe((basket.Id.Value, 9800));
        Types(tried).ShouldContain("order.placed");
        tried.Json.GetProperty("events")[0].TryGetProperty("data", out _).ShouldBeFalse("a guest does not see what happens to the stock");
        tried.Json.GetProperty("state").GetArrayLength().ShouldBe(0);

        await api.Checkout(acme, new Basket(new BasketLine(lamp, 4))).With("Prefer", DryRun).Refused(422, "out_of_stock");
        (await acme.Stock(lamp)).Available.ShouldBe(3);
        (await Everything(acme)).ShouldBe(before);

        var placed = await api.Checkout(acme, basket).Key("the-same").Returns(201);
        (placed.Header("Idempotency-Replayed"), placed.Json.GetProperty("number").GetString()).ShouldBe((null, result.GetProperty("number").GetString()));
        (await acme.Stock(lamp)).Available.ShouldBe(1);
    }

    [Fact]
    public async Task A_step_of_an_order_shows_the_order_as_it_would_be()
    {
        var acme = await api.NewBusiness();
        var order = await api.NewOrder(acme, OrderStatus.Pending);
        var before = await Everything(acme);
        var tried = await acme.Owner.Post($"{order.Path}/confirm").With("Prefer", DryRun).Returns(200);
        tried.Json.GetProperty("status").GetInt32().ShouldBe(204);
        var e = tried.Json.GetProperty("events")[0];
        (e.Text("type"), e.GetProperty("subject").GetProperty("id").GetGuid(), e.TryGetProperty("id", out _), e.TryGetProperty("position", out _))
            .ShouldBe(("order.confirmed", order.Id, false, false));
        var state = tried.Json.GetProperty("state").EnumerateArray().Single(state => state.GetProperty("subject").Text("type") == "order");
        state.GetProperty("views").GetProperty("orders").Text("status").ShouldBe("confirmed");
        tried.Text.ShouldNotContain("tracking_token_hash\":");

        await acme.Owner.Post($"{order.Path}/ready").With("Prefer", DryRun).Refused(409, "illegal_transition");
        await acme.Owner.Post($"{order.Path}/confirm").IfMatch("\"v99\"").With("Prefer", DryRun).Refused(412, "stale_version");
        await (await api.NewMember(acme, Role.Approver)).Post($"{order.Path}/confirm").With("Prefer", DryRun).Refused(403, "missing_permission");
        var canceled = await acme.Owner.Post($"{order.Path}/cancel", new { reason = "tried" }).With("Prefer", DryRun).Returns(200); // in the lane
        Types(canceled).ShouldBe(["order.canceled", "stock.reservation_released"], ignoreOrder: true);
        (await Everything(acme)).ShouldBe(before);
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
    }

    [Fact]
    public async Task An_import_reports_what_it_would_make()
    {
        var acme = await api.NewBusiness();
        var before = await Everything(acme);
        var tried = await acme.Owner.Post("/business/products:import", File()).With("Prefer", DryRun).Returns(200);
        tried.Json.GetProperty("result").GetProperty("products").GetProperty("created").GetInt32().ShouldBe(45);
        Types(tried).Count(type => type == "product.created").ShouldBe(45);
        Types(tried).Count(type => type == "category.created").ShouldBe(1, "the same one in each of the import's commits");
        (await Everything(acme)).ShouldBe(before);
        (await acme.Owner.Get("/business/products").Returns(200)).Data.ShouldBeEmpty();

        var done = await acme.Owner.Post("/business/products:import", File()).Returns(200);
        done.Json.GetProperty("products").GetProperty("created").GetInt32().ShouldBe(45);

        static StringContent File() => new(
            "Handle,Title,Type,Variant Price\n" + string.Concat(Enumerable.Range(1, 45).Select(i => $"spade-{i},Spade {i},Garden,12.00\n")), Encoding.UTF8, "text/csv");
    }

    [Fact]
    public async Task What_the_database_alone_would_refuse_is_refused()
    {
        var acme = await api.NewBusiness();
        await acme.Owner.Post("/business/products", Lamp("L-1")).Returns(201);
        await acme.Owner.Post("/business/products", Lamp("L-1")).With("Prefer", DryRun).Refused(409, "sku_taken");
        await acme.Owner.Post("/business/products", Lamp("L-2")).With("Prefer", DryRun).Returns(200);

        static object Lamp(string sku) => new { name = "Lamp", handle = Guid.NewGuid(), variants = new[] { new { price = OrderStarters.Eur(100), sku } } };
    }

    [Fact]
    public async Task What_does_more_than_to_record_events_is_not_tried()
    {
        var user = await api.NewUser("tester");
        var acme = await api.NewBusiness(mode: "test", owner: user);
        await acme.Owner.SteppedUp();
        var before = await Everything(acme);
        await acme.Owner.Post($"/test-clocks/{acme.TestClockId}/advance", new { by = "PT1H" }).With("Prefer", DryRun).Refused(422, "dry_run_not_possible");
        await acme.Owner.Post("/business/projections/orders/rebuilds", new { }).With("Prefer", DryRun).Refused(422, "dry_run_not_possible");
        await api.Guest.Post("/auth/login", new { email = user.Email, password = Starters.Password }).With("Prefer", DryRun).Refused(422, "dry_run_not_possible");
        await api.Guest.Post("/auth/register", new { email = Starters.NewEmail(), password = Starters.Password, full_name = "Nobody" }).With("Prefer", DryRun)
            .Refused(422, "dry_run_not_possible");
        await acme.Owner.Post("/businesses", new { name = "Second", subdomain = Starters.NewSubdomain("second"), currency = "EUR", timezone = "UTC" }).With("Prefer", DryRun)
            .Refused(422, "dry_run_not_possible");
        (await Everything(acme)).ShouldBe(before);

        var driver = await acme.Owner.Post("/business/drivers", new { name = "Dora", email = Starters.NewEmail(), password = Starters.Password, vehicle_type = "bicycle" })
            .With("Prefer", DryRun).Returns(200);
        Types(driver).ShouldContain("roster.driver_added");
        (await acme.Owner.Get("/business/drivers").Returns(200)).Data.ShouldBeEmpty();
        (await acme.Owner.Get("/business").With("Prefer", DryRun).Returns(200)).Header("Preference-Applied").ShouldBeNull();
    }

    private static string[] Types(ApiAnswer tried) => [.. tried.Json.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    /// <summary>How much of a business there is in the log, the answers and the messages.</summary>
    private async Task<string> Everything(TestBusiness business)
    {
        var database = new WholeDatabase(api.Database);
        string[] tables = ["events", "commands", "subject_keys", "snapshots", "rebuilds"];
        return string.Join(' ', (await Task.WhenAll(tables.Select(table => database.Number($"select count(*) from {table} where tenant_id = '{business.Id}'")))));
    }
}
