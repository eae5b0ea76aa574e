using Mainstreet.Domain;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>What a delivery costs depends on where it goes.</summary>
public sealed class DeliveringByZone(ApiFixture api)
{
    private static readonly object[] zones =
    [
        new { name = "Near", radius_km = 1, fee = Eur(0) },
        new
        {
            name = "East",
            area = new[] { new { latitude = 52.50, longitude = 13.405 }, new { latitude = 52.54, longitude = 13.405 }, new { latitude = 52.54, longitude = 13.465 }, new { latitude = 52.50, longitude = 13.465 } },
            minimum_order = Eur(5000),
        },
    ];

    [Fact]
    public async Task The_zone_of_the_address_says_what_it_costs()
    {
        var (shop, lamp) = await Shop();
        var near = (await Ask(shop, 52.521, 13.405).Returns(200)).Json;
        (near.Text("zone"), near.Cents("fee")).ShouldBe(("Near", 0));
        var east = (await Ask(shop, 52.52, 13.45).Returns(200)).Json;
        (east.Text("zone"), east.Cents("fee"), east.Cents("minimum_order")).ShouldBe(("East", 350, 5000));
        await Ask(shop, 52.52, 13.36).Refused(422, "outside_delivery_area");

        var basket = new Basket(new BasketLine(lamp)).Delivered();
        (await api.Checkout(shop, basket with { Address = At(52.521, 13.405) }).Returns(201)).Order().Total.ShouldBe(4900);
        (await api.Checkout(shop, basket with { Address = At(52.52, 13.45) }).Refused(422, "below_minimum_order")).Json.Cents("minimum").ShouldBe(5000);
        (await api.Checkout(shop, basket with { Lines = [new(lamp, 2)], Address = At(52.52, 13.45) }).Returns(201)).Order().Total.ShouldBe(9800 + 350);
        await api.Checkout(shop, basket with { Address = At(52.52, 13.36) }).Refused(422, "outside_delivery_area");
    }

    [Fact]
    public async Task The_address_has_to_say_where_it_is()
    {
        var (shop, lamp) = await Shop();
        var basket = new Basket(new BasketLine(lamp)).Delivered();
        var refused = await api.Checkout(shop, basket).Refused(422, "position_required");
        refused.Json.GetProperty("errors")[0].Text("pointer").ShouldBe("/address/latitude");
        await api.Checkout(shop, basket with { DeliveryType = "pickup", Address = null }).Returns(201);
    }

    [Fact]
    public async Task Everybody_sees_the_zones_and_the_owner_may_end_them()
    {
        var (shop, lamp) = await Shop();
        var shown = (await api.Guest.Get($"/storefronts/{shop.Subdomain}").Returns(200)).Json.GetProperty("delivery").GetProperty("zones");
        shown.EnumerateArray().Select(zone => zone.Text("name")).ShouldBe(["Near", "East"]);
        shown[1].GetProperty("area").GetArrayLength().ShouldBe(4);

        await Deliver(shop, new object[] { new { name = "Nowhere" } }).Refused(400, "zone_invalid");
        await Deliver(shop, new object?[] { null }).Refused(400, "validation_failed");
        await Deliver(shop, null).Returns(204);
        await api.Checkout(shop, new Basket(new BasketLine(lamp)).Delivered()).Returns(201);
    }

    private async Task<(TestBusiness Shop, Guid Lamp)> Shop()
    {
        var shop = await api.NewBusiness(mode: "test");
        var lamp = await shop.Sell();
        await Deliver(shop, zones).Returns(204);
        return (shop, lamp);
    }

    private static ApiRequest Deliver(TestBusiness shop, object?[]? zones) => shop.Owner.Patch(
        "/business/storefront", new { delivery = new { location = new { latitude = 52.52, longitude = 13.405 }, radius_km = 5, fee = Eur(350), zones } });

    private static Address At(double latitude, double longitude) => Basket.Home with { Latitude = latitude, Longitude = longitude };

    private ApiRequest Ask(TestBusiness shop, double latitude, double longitude) =>
        api.Guest.Post($"/storefronts/{shop.Subdomain}/delivery-quotes", new { latitude, longitude });
}
