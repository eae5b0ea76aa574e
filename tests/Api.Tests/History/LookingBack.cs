using System.Globalization;
using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.History;

/// <summary>What is read of one thing can be read as it was: by its version, or by the time.</summary>
public sealed class LookingBack(ApiFixture api)
{
    [Fact]
    public async Task A_price_that_changed_twice_is_shown_as_it_was_in_between()
    {
        var acme = await api.NewBusiness();
        var category = (await acme.Owner.Post("/business/categories", new { name = "Lamps" }).Returns(201)).Id;
        var product = await acme.Owner.Post("/business/products", new { name = "Lamp", category_id = category, variants = new[] { new { price = Eur(100), stock = new { quantity = 3 } } } }).Returns(201);
        var path = $"/business/products/{product.Id}";
        var variant = product.Json.GetProperty("variants")[0].GetProperty("id").GetGuid();
        var first = await acme.Owner.Get(path).Returns(200);
        await acme.Owner.Patch($"{path}/variants/{variant}", new { price = Eur(200) }).Returns(204);
        await acme.Owner.Post($"/business/stock/items/{variant}/receive", new { quantity = 5 }).Returns(204);
        var second = await acme.Owner.Get(path).Returns(200);
        var between = await Last(acme, "stock", variant);
        await acme.Owner.Patch($"/business/categories/{category}", new { name = "Lights" }).Returns(204);
        await acme.Owner.Patch($"{path}/variants/{variant}", new { price = Eur(300) }).Returns(204);
        await acme.Owner.Post($"/business/stock/items/{variant}/adjust", new { delta = -1, reason = "broken" }).Returns(204);
        var now = await acme.Owner.Get(path).Returns(200);

        (await acme.Owner.Get($"{path}?as_of={between}").Returns(200)).Said().ShouldBe(second.Said());
        var oldest = await acme.Owner.Get($"{path}?at_version=1").Returns(200);
        (Price(oldest), oldest.ETag).ShouldBe((100, "\"v1\""));
        (Price(first), Price(second), Price(now), now.ETag).ShouldBe((100, 200, 300, "\"v3\""));
        (await acme.Owner.Get($"{path}?at_version=3").Returns(200)).Json.GetProperty("name").GetString().ShouldBe("Lamp");
        (await acme.Owner.Get(path).Returns(200)).Said().ShouldBe(now.Said());
        await acme.Owner.Patch(path, new { name = "Late" }).IfMatch(oldest.ETag!).Refused(412, "stale_version");
    }

    [Fact]
    public async Task Every_version_of_an_order_is_as_it_was_read_then()
    {
        var acme = await api.NewBusiness(mode: "test", owner: await api.NewUser("acme"));
        var order = await api.NewOrder(acme, OrderStatus.Pending, prepaid: true);
        List<ApiAnswer> read = [await acme.Owner.Get(order.Path).Returns(200)];
        foreach (var step in (string[])["confirm", "ready"])
        {
            await acme.Owner.Post($"{order.Path}/{step}").Returns(204);
            read.Add(await acme.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "paid")); // it is taken by a message
        }

        foreach (var then in read)
        {
            (await acme.Owner.Get($"{order.Path}?at_version={then.Json.GetProperty("version")}").Returns(200)).Said().ShouldBe(then.Said());
        }

        read.Select(then => then.ETag).ShouldBeUnique();
        (await acme.Owner.Get($"{order.Path}?at_version=1").Returns(200)).Json.TryGetProperty("payment", out _).ShouldBeFalse("it was initiated later");
    }

    [Fact]
    public async Task Everything_that_is_one_thing_looks_back()
    {
        await using var receiver = await WebhookReceiver.Start();
        var acme = await api.NewBusiness();
        await acme.Deliver();
        var order = await api.NewOrder(acme);
        var driver = await api.NewDriver(acme);
        var delivery = await api.Assign(acme, order, driver);
        var webhook = await acme.NewWebhook(receiver, ["*"]);
        await acme.Owner.Post("/business/categories", new { name = "Lamps" }).Returns(201);
        var category = (await acme.Owner.Get("/business/categories").Returns(200)).Data[0].GetProperty("id").GetGuid();
        string[] paths =
        [
            "/business", "/business/storefront", order.Path, $"/business/deliveries/{delivery}", $"/business/drivers/{driver.Id}", $"/business/stock/items/{order.Variant}",
            $"/business/categories/{category}", $"/webhook-endpoints/{webhook.Id}",
        ];
        foreach (var path in paths)
        {
            var now = await acme.Owner.Get(path).Returns(200);
            var version = now.ETag!.Trim('"')[1..];
            (await acme.Owner.Get($"{path}?as_of={Time(TimeProvider.System.GetUtcNow())}").Returns(200)).Said().ShouldBe(now.Said(), path);
            (await acme.Owner.Get($"{path}?at_version={version}").Returns(200)).ETag.ShouldBe(now.ETag, path);
            (await acme.Owner.Get($"{path}?at_version=1").Returns(200)).ETag.ShouldBe("\"v1\"", path);
            var missing = await acme.Owner.Get($"{path}?at_version=999").Refused(404, "version_not_found");
            missing.Json.GetProperty("current_version").GetRawText().ShouldBe(version, path);
            await acme.Owner.Get($"{path}?as_of=2020-01-01T00:00:00Z").Refused(404, "not_found");
        }
    }

    /// <summary>Without the key of a person nothing of them can be read any more, at whatever time one looks.</summary>
    [Fact]
    public async Task Who_was_erased_is_erased_from_the_past_too()
    {
        var acme = await api.NewBusiness();
        var order = await api.NewOrder(acme, OrderStatus.Pending);
        (await acme.Owner.Get($"{order.Path}?at_version=1").Returns(200)).Text.ShouldContain("carla@example.com");
        await new WholeDatabase(api.Database).Texts($"delete from subject_keys where tenant_id = '{acme.Id}'");
        var then = await acme.Owner.Get($"{order.Path}?at_version=1").Returns(200);
        (then.Json.GetProperty("customer").GetProperty("name").GetString(), then.Json.GetProperty("totals").Amount("total")).ShouldBe(("[erased]", order.Total));
        var history = await acme.Owner.Get($"/history/orders/{order.Id}").Returns(200);
        foreach (var answer in (ApiAnswer[])[then, history])
        {
            answer.Text.ShouldNotContain("carla", Case.Insensitive);
        }
    }

    [Fact]
    public async Task What_is_no_moment_is_refused()
    {
        var (acme, other) = (await api.NewBusiness(), await api.NewBusiness());
        var order = await api.NewOrder(acme);
        foreach (var (query, fault) in new[]
        {
            ("at_version=0", "at_version invalid_parameter"), ("at_version=last", "at_version invalid_parameter"), ("as_of=yesterday", "as_of invalid_parameter"),
            ("as_of=2999-01-01T00:00:00Z", "as_of invalid_parameter"), ("as_of=2026-01-01T00:00:00Z&at_version=1", "as_of invalid_parameter"),
        })
        {
            (await acme.Owner.Get($"{order.Path}?{query}").Refused(400, "invalid_parameter")).Faults.ShouldBe([fault], query);
        }

        await api.As(other).Get($"{order.Path}?at_version=1").Refused(404, "not_found");
        await acme.Owner.Get($"/business/orders/{Guid.NewGuid()}?at_version=1").Refused(404, "not_found");
        await acme.Owner.Get("/business/orders?at_version=1").Refused(400, "unknown_parameter");
    }

    [Fact]
    public async Task At_any_time_the_stock_is_the_sum_of_its_movements()
    {
        var acme = await api.NewBusiness();
        var lamp = await acme.Sell(stock: 20);
        var item = $"/business/stock/items/{lamp}";
        await acme.Owner.Post($"{item}/receive", new { quantity = 7.5 }).Returns(204);
        var order = await api.Buy(acme, lamp, 2);
        await acme.Owner.Post($"{item}/adjust", new { delta = -1.25, reason = "broken" }).Returns(204);
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        await acme.Owner.Post($"{order.Path}/ready").Returns(204);
        await acme.Owner.Post($"{order.Path}/collect", new { cash_collected = Eur(order.Total) }).Returns(204);
        await acme.Owner.Post($"{item}/count", new { counted = 19 }).Returns(204);
        var movements = (await acme.Owner.Get($"/business/stock/movements?variant_id={lamp}&limit=100").Returns(200)).Data;
        movements.Length.ShouldBeGreaterThan(4);
        var happened = (await acme.Owner.Get($"/history/stock/{lamp}?limit=100").Returns(200)).Data.ToLookup(
            entry => entry.GetProperty("at").GetDateTimeOffset(), entry => entry.GetProperty("id").GetGuid());
        var sum = 0m;
        foreach (var (at, events) in happened.Select(entries => (entries.Key, entries.ToHashSet())))
        {
            sum += movements.Where(movement => events.Contains(movement.GetProperty("id").GetGuid())).Sum(Signed);
            (await acme.Owner.Get($"{item}?as_of={Time(at)}").Returns(200)).Json.GetProperty("on_hand").GetDecimal().ShouldBe(sum);
        }

        sum.ShouldBe(19);
    }

    private static decimal Signed(JsonElement movement) =>
        movement.GetProperty("quantity").GetDecimal() * (movement.GetProperty("movement_type").GetString() == "out" ? -1 : 1);

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));

    private static long Price(ApiAnswer product) => product.Json.GetProperty("variants")[0].GetProperty("price").GetProperty("amount").GetInt64();

    /// <summary>When the last thing happened to it, as a query parameter.</summary>
    private static async Task<string> Last(TestBusiness business, string kind, Guid id) =>
        Uri.EscapeDataString((await business.Owner.Get($"/history/{kind}/{id}?limit=100").Returns(200)).Data[^1].GetProperty("at").GetString()!);
}
