using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Demo;

namespace Mainstreet.Api.Tests.Demo;

/// <summary>A start in Development on a database of its own.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    public ApiFixture Api { get; } = new(hasDemo: true);

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        await Api.DemoIsThere();
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}

public sealed class StartingWithTheDemo(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private ApiFixture Api => demo.Api;

    [Fact]
    public async Task Every_order_of_the_last_weeks_is_where_it_was_to_get()
    {
        foreach (var shop in DemoShops.All)
        {
            var confirmsItself = shop.Settings.AutoConfirm == true;
            var dashboard = (await (await Api.Owner(shop)).Get("/business/dashboard").Returns(200)).Json;
            var statuses = dashboard.Statuses();
            var waiting = Today(shop, Fate.PlacedByCard);

            Count("awaiting_payment", waiting);
            Count("pending", confirmsItself ? 0 : Today(shop, Fate.Placed));
            Count("confirmed", Today(shop, confirmsItself ? [Fate.Placed, Fate.Confirmed] : [Fate.Confirmed]));
            Count("preparing", Today(shop, Fate.Preparing));
            Count("ready", Today(shop, Fate.Ready));
            Count("out_for_delivery", Today(shop, Fate.OnTheWay));
            Count("delivery_failed", Today(shop, Fate.Failed));
            Count("canceled", All(shop, Fate.CanceledByBusiness, Fate.CanceledByCustomer, Fate.PlacedByCard) - waiting);
            Count("rejected", All(shop, Fate.Rejected, Fate.Unanswered));
            Count("returned", All(shop, Fate.Returned));
            statuses["delivered"].ShouldBeGreaterThan(0);
            (statuses["delivered"] + statuses["completed"]).ShouldBe(All(shop, Fate.Delivered, Fate.DeliveredPrepaid, Fate.Collected));
            dashboard.GetProperty("revenue").GetProperty("amount").GetInt64().ShouldBeGreaterThan(50_000);
            dashboard.GetProperty("top_products").GetArrayLength().ShouldBe(10);
            dashboard.GetProperty("by_day").EnumerateArray().Count(day => day.GetProperty("orders").GetInt32() > 0).ShouldBeGreaterThan(14);

            void Count(string status, int expected) => statuses[status].ShouldBe(expected, $"{status} in {shop.Name}");
        }
    }

    [Fact]
    public async Task What_was_brought_has_its_proof_and_its_cash()
    {
        var owner = await Api.Owner(DemoShops.Bakery);
        var delivered = (await owner.Get("/business/deliveries?status=delivered").Returns(200)).Data;

        delivered.Length.ShouldBe(All(DemoShops.Bakery, Fate.Delivered));
        foreach (var delivery in delivered)
        {
            delivery.GetProperty("proof").GetProperty("signature").GetString().ShouldBe(delivery.GetProperty("contact").GetProperty("name").GetString());
            delivery.GetProperty("cash_collected").GetRawText().ShouldBe(delivery.GetProperty("cash_to_collect").GetRawText());
        }
    }

    [Fact]
    public async Task The_drivers_sign_in_and_see_what_they_have()
    {
        var driver = await Api.SignIn(DemoShops.Bakery.Drivers[1].Email);
        (await driver.Get("/driver/assignments").Until(answer => answer.Data.Length > 0)).Data.Single().GetProperty("status").GetString().ShouldBe("en_route");
    }

    [Fact]
    public async Task Guests_see_the_storefronts_with_their_pictures()
    {
        foreach (var shop in DemoShops.All)
        {
            var product = (await Api.Guest.Get($"/storefronts/{shop.Subdomain}/products?q={shop.Favourites[0]}").Returns(200)).Data.Single();
            var picture = new Uri(product.GetProperty("images")[0].GetProperty("url").GetString()!).AbsolutePath;
            (await Api.Guest.Get("~" + picture).Returns(200)).Header("Content-Type").ShouldBe("image/svg+xml");
        }
    }

    [Fact]
    public async Task A_later_start_adds_nothing()
    {
        var before = await Positions();
        await Api.Restart(() => Task.CompletedTask);
        await Api.DemoIsThere();
        (await Positions()).ShouldBe(before);

        async Task<long?[]> Positions() =>
        [
            (await (await Api.Owner(DemoShops.Bakery)).Get("/business/dashboard").Returns(200)).Json.GetProperty("position").GetInt64(),
            (await (await Api.Owner(DemoShops.Home)).Get("/business/dashboard").Returns(200)).Json.GetProperty("position").GetInt64(),
        ];
    }

    private static int All(DemoShop shop, params Fate[] fates) => Times(shop).Count(order => fates.Contains(order.Fate));

    private static int Today(DemoShop shop, params Fate[] fates) => shop.Today.Count(order => fates.Contains(order.Fate));

    private static IEnumerable<(DateTimeOffset PlacedAt, Fate Fate, DemoDriver Driver)> Times(DemoShop shop) =>
        DemoOrders.Times(shop, TimeProvider.System.GetUtcNow().AddDays(-DemoShop.Days));
}

/// <summary>What the shops of the demo sell, whenever it begins.</summary>
public sealed class TheDaysOfTheDemo
{
    [Fact]
    public void At_every_hour_of_a_year_the_past_orders_are_over_before_today_and_the_same_driver_is_on_the_way()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(DemoShop.Timezone);
        var underWay = new HashSet<DemoDriver>();
        for (var now = new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.Zero); now.Year == 2026; now = now.AddHours(1))
        {
            foreach (var shop in DemoShops.All)
            {
                var times = DemoOrders.Times(shop, now.AddDays(-DemoShop.Days)).Select(order => order.PlacedAt).ToArray();
                times.ShouldBeInOrder();
                times[0].ShouldBeGreaterThan(now.AddDays(-DemoShop.Days), $"{shop.Name} at {now:O}");
                var yesterday = times[^(shop.Today.Length + 1)];
                TimeZoneInfo.ConvertTime(yesterday, zone).Date.ShouldBeLessThan(TimeZoneInfo.ConvertTime(now, zone).Date, $"{shop.Name} at {now:O}");
                underWay.Add(DemoOrders.Times(shop, now.AddDays(-DemoShop.Days)).Last(order => order.Fate == Fate.OnTheWay).Driver);
                yesterday.AddHours(2).ShouldBeLessThan(times[^shop.Today.Length], $"{shop.Name} at {now:O}");
            }
        }

        underWay.Count.ShouldBe(DemoShops.All.Length);
    }
}

/// <summary>Starts that are stopped while the demo is being written.</summary>
public sealed class StartingInTheMidstOfTheDemo
{
    [Fact]
    public async Task The_next_start_goes_on_and_doubles_nothing()
    {
        var api = new ApiFixture(hasDemo: true);
        await api.InitializeAsync();
        try
        {
            foreach (var orders in (int[])[1, 6, 17])
            {
                await (await api.Owner(DemoShops.Home)).Get("/business/dashboard").Until(answer => answer.Json.Statuses().Values.Sum() >= orders);
                await api.Restart(() => Task.CompletedTask);
            }

            await api.DemoIsThere();
            foreach (var shop in DemoShops.All)
            {
                await NothingIsDoubled(await api.Owner(shop));
            }
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    /// <summary>Each order has reached every status once.</summary>
    private static async Task NothingIsDoubled(Session owner)
    {
        foreach (var order in (await owner.Get("/business/orders?limit=100").Returns(200)).Data)
        {
            var timeline = (await owner.Get($"/business/orders/{order.GetProperty("id").GetGuid()}").Returns(200)).Json.GetProperty("timeline");
            timeline.EnumerateArray().Select(step => step.GetProperty("status").GetString()).ShouldBeUnique();
        }
    }
}
