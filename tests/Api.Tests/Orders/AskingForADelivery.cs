using System.Globalization;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>What it costs to have something brought somewhere, before anything is chosen.</summary>
public sealed class AskingForADelivery(ApiFixture api)
{
    [Fact]
    public async Task It_says_what_it_costs_and_when_it_comes()
    {
        var shop = await api.NewBusiness(mode: "test", timezone: "UTC"); // whose clock stands
        await shop.Sell();
        await shop.Deliver(fee: 350);
        await shop.Owner.Patch("/business/storefront", new { minimum_order = Eur(1500) }).Returns(204);
        var now = (await shop.Owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();

        var quote = (await Ask(shop, 52.52, 13.4493).Returns(200)).Json; // 3 km to the east: 9 minutes
        (quote.Cents("fee"), quote.Cents("minimum_order")).ShouldBe((350, 1500));
        double.Parse(quote.Text("distance_km")!, CultureInfo.InvariantCulture).ShouldBe(3, 0.01);
        quote.GetProperty("earliest").GetDateTimeOffset().ShouldBe(now.AddMinutes(20 + 9), TimeSpan.FromMinutes(1));
        (quote.GetProperty("latest").GetDateTimeOffset() - quote.GetProperty("earliest").GetDateTimeOffset()).ShouldBe(TimeSpan.FromMinutes(30));

        var tomorrow = now.AddDays(1);
        quote = (await Ask(shop, 52.52, 13.4493, tomorrow).Returns(200)).Json;
        quote.GetProperty("earliest").GetDateTimeOffset().ShouldBe(tomorrow, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task It_says_why_nothing_comes()
    {
        var shop = await api.NewBusiness(mode: "test", timezone: "UTC");
        await Ask(shop, 52.52, 13.405).Refused(404, "not_found");
        await shop.Sell();
        await Ask(shop, 52.52, 13.405).Refused(422, "delivery_not_offered");
        await shop.Deliver();
        await Ask(shop, 48.14, 11.58).Refused(422, "outside_delivery_area");
        await Ask(shop, 91, 0).Refused(400, "validation_failed");

        var now = (await shop.Owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        await Ask(shop, 52.52, 13.405, now.AddDays(100)).Refused(422, "scheduled_too_late");
        var opens = new DateTimeOffset(now.UtcDateTime.Date.AddDays(2), TimeSpan.Zero);
        await shop.Owner.Patch(
            "/business/storefront", new { opening_hours = new[] { new { day = opens.DayOfWeek.ToString().ToLowerInvariant(), opens = "00:00", closes = "18:00" } } }).Returns(204);
        (await Ask(shop, 52.52, 13.405).Refused(422, "storefront_closed")).Json.GetProperty("next_opening").GetDateTimeOffset().ShouldBe(opens);
        (await Ask(shop, 52.52, 13.405, opens).Returns(200)).Json.GetProperty("earliest").GetDateTimeOffset().ShouldBe(opens);
    }

    private ApiRequest Ask(TestBusiness shop, double latitude, double longitude, DateTimeOffset? at = null) =>
        api.Guest.Post($"/storefronts/{shop.Subdomain}/delivery-quotes", new { latitude, longitude, scheduled_for = at });
}
