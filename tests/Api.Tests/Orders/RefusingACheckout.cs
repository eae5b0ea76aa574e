using Mainstreet.Domain;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>A refusal names its place, promises no goods, takes no number, and is the same when it is asked for again.</summary>
public sealed class RefusingACheckout(ApiFixture api)
{
    [Fact]
    public async Task When_the_price_is_not_what_the_customer_saw()
    {
        var (acme, lamp) = await Shop();
        var basket = new Basket(new BasketLine(lamp, 2)) { ExpectedTotal = Eur(9800) };
        var product = (await acme.Owner.Get("/business/products").Returns(200)).Data[0].GetProperty("id").GetGuid();
        await acme.Owner.Patch($"/business/products/{product}/variants/{lamp}", new { price = Eur(5200) }).Returns(204);

        (await Refused(acme, basket, "price_changed", "/expected_total")).Json.GetProperty("totals").Amount("total").ShouldBe(10400);
        await Refused(acme, basket with { ExpectedTotal = new Money(10400, "USD") }, "currency_mismatch", "/expected_total/currency");
        await Refused(acme, basket with { Tip = new Money(100, "USD") }, "currency_mismatch", "/tip/currency");
        await NothingHappened(acme, lamp, basket with { ExpectedTotal = Eur(10400) });
    }

    [Fact]
    public async Task When_something_cannot_be_bought()
    {
        var ((acme, lamp), (_, foreign)) = (await Shop(), await Shop());
        var draft = await acme.Owner.Post("/business/products", new { name = "Draft", variants = new[] { new { price = Eur(1), stock = new { quantity = 1 } } } }).Returns(201);
        var hidden = draft.Json.GetProperty("variants")[0].GetProperty("id").GetGuid();

        await Refused(acme, new(new(lamp), new(hidden), new(lamp)), "not_available", "/lines/1/variant_id");
        await Refused(acme, new(new(foreign), new(lamp), new(Guid.NewGuid())), "not_available", "/lines/0/variant_id", "/lines/2/variant_id");
        await Refused(acme, new(new(lamp, 6), new(lamp, 5)), "out_of_stock", "/lines/0/quantity", "/lines/1/quantity");
        await Refused(acme, new(new BasketLine(lamp, 10.001m)), "out_of_stock", "/lines/0/quantity");
        await NothingHappened(acme, lamp, new(new BasketLine(lamp, 10)));
    }

    [Fact]
    public async Task When_the_storefront_is_closed_at_that_time()
    {
        var (acme, lamp) = await Shop(await api.NewBusiness("acme", mode: "test", timezone: "UTC")); // whose clock stands
        var now = (await acme.Owner.Get($"/test-clocks/{acme.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        var opens = new DateTimeOffset(now.UtcDateTime.Date.AddDays(2), TimeSpan.Zero);
        var day = opens.DayOfWeek.ToString().ToLowerInvariant();
        await acme.Owner.Patch("/business/storefront", new { opening_hours = new[] { new { day, opens = "00:00", closes = "18:00" } } }).Returns(204);
        var basket = new Basket(new BasketLine(lamp));

        (await Refused(acme, basket, "storefront_closed", "/scheduled_for")).Json.GetProperty("next_opening").GetDateTimeOffset().ShouldBe(opens);
        (await Refused(acme, basket with { ScheduledFor = opens.AddHours(18) }, "storefront_closed", "/scheduled_for"))
            .Json.GetProperty("next_opening").GetDateTimeOffset().ShouldBe(opens.AddDays(7));
        await Refused(acme, basket with { ScheduledFor = opens.AddDays(7 * 13) }, "scheduled_too_late", "/scheduled_for");
        (await api.Checkout(acme, basket with { ScheduledFor = now.AddMinutes(-1) }).Refused(422, "in_the_past")).Json.Text("field").ShouldBe("scheduled_for");
        await NothingHappened(acme, lamp, basket with { ScheduledFor = opens.AddHours(17) });
    }

    [Fact]
    public async Task When_it_is_not_brought_there()
    {
        var (acme, lamp) = await Shop();
        var basket = new Basket(new BasketLine(lamp)).Delivered();
        await Refused(acme, basket, "delivery_not_offered", "/delivery_type");

        await acme.Deliver();
        await Refused(acme, basket with { Address = Basket.Home with { Latitude = 48.14, Longitude = 11.58 } }, "outside_delivery_area", "/address");
        await NothingHappened(acme, lamp, basket with { Address = Basket.Home with { Latitude = 52.51, Longitude = 13.4 } });
    }

    [Fact]
    public async Task When_it_is_too_little()
    {
        var (acme, lamp) = await Shop();
        await acme.Owner.Patch("/business/storefront", new { minimum_order = Eur(9000) }).Returns(204);
        await Refused(acme, new Basket(new BasketLine(lamp)) { Tip = Eur(5000) }, "below_minimum_order", "/lines");
        await NothingHappened(acme, lamp, new(new BasketLine(lamp, 2)));
    }

    [Fact]
    public async Task When_nobody_takes_the_money()
    {
        var (acme, lamp) = await Shop();
        await Refused(acme, new Basket(new BasketLine(lamp)) { PaymentMethod = "card" }, "payment_method_not_available", "/payment_method");
        await NothingHappened(acme, lamp, new(new BasketLine(lamp)));
    }

    [Fact]
    public async Task When_it_says_what_cannot_be()
    {
        var (acme, lamp) = await Shop();
        var basket = new Basket(new BasketLine(lamp));
        var home = Basket.Home;
        await Invalid(basket with { Lines = [] }, "/lines line_count");
        await Invalid(basket with { Lines = [.. Enumerable.Repeat(new BasketLine(lamp, 0.01m), 101)] }, "/lines line_count");
        await Invalid(basket with { Lines = [new(lamp), new(lamp, 0), new(lamp, -1), new(lamp, 0.0001m)] }, "/lines/1/quantity invalid_quantity", "/lines/2/quantity invalid_quantity", "/lines/3/quantity invalid_quantity");
        await Invalid(basket with { Lines = [new(Guid.Empty, 1, new string('x', 501))] }, "/lines/0/variant_id not_empty", "/lines/0/note maximum_length");
        await Invalid(basket with { Contact = new(" ", "carla", "call me") }, "/contact/name not_empty", "/contact/email email_invalid", "/contact/phone phone_invalid");
        await Invalid(basket with { Contact = new("Carla", "carla@example.com", null) }, "/contact/phone required");
        await Invalid(basket with { DeliveryType = "delivery" }, "/address not_null");
        await Invalid(basket with { Address = home with { Line = "", City = "", Country = "Germany" } }, "/address/line not_empty", "/address/city not_empty", "/address/country country_invalid");
        await Invalid(basket with { Address = home with { Latitude = 91 } }, "/address/latitude inclusive_between", "/address/longitude position_incomplete");
        await Invalid(basket with { Tip = Eur(-1) }, "/tip/amount inclusive_between");
        await Invalid(basket with { Id = Guid.Empty }, "/id not_empty");
        (await api.Checkout(acme, basket with { DeliveryType = "drone" }).Refused(400, "invalid_json")).Faults.ShouldBe(["/delivery_type invalid_json"]);
        await NothingHappened(acme, lamp, basket);

        async Task Invalid(Basket wrong, params string[] faults) => (await api.Checkout(acme, wrong).Refused(400, "validation_failed")).Faults.ShouldBe(faults);
    }

    [Fact]
    public async Task Where_there_is_no_storefront()
    {
        var (acme, lamp) = await Shop();
        var basket = new Basket(new BasketLine(lamp));
        await acme.Owner.Post("/business/storefront/unpublish").Returns(204);
        await api.Checkout(acme, basket).Refused(404, "not_found");
        await api.Guest.Post("/customers/guest-checkout", basket with { Storefront = acme.Subdomain }).Key("a").Refused(404, "not_found");
        await api.Guest.Post("/customers/guest-checkout", basket with { Storefront = Starters.NewSubdomain("nobody") }).Key("a").Refused(404, "not_found");
        (await api.Guest.Post("/customers/guest-checkout", basket).Key("a").Refused(400, "validation_failed")).Faults.ShouldBe(["/storefront required"]);

        await acme.Owner.Post("/business/storefront/publish").Returns(204);
        await NothingHappened(acme, lamp, basket);
    }

    [Fact]
    public async Task Under_the_id_of_another_order()
    {
        var ((acme, lamp), (globex, desk)) = (await Shop(), await Shop());
        var id = Guid.CreateVersion7();
        (await api.Buy(acme, new Basket(new BasketLine(lamp)) { Id = id })).Id.ShouldBe(id);
        await api.Checkout(acme, new Basket(new BasketLine(lamp)) { Id = id }).Refused(409, "already_exists");
        (await acme.Stock(lamp)).Available.ShouldBe(9);
        (await api.Buy(acme, lamp)).Number.ShouldBe("1002");
        (await api.Buy(globex, new Basket(new BasketLine(desk)) { Id = id })).Number.ShouldBe("1001");
    }

    /// <summary>A shop with ten lamps.</summary>
    private async Task<(TestBusiness Shop, Guid Lamp)> Shop(TestBusiness? shop = null)
    {
        shop ??= await api.NewBusiness("acme");
        return (shop, await shop.Sell());
    }

    private async Task<ApiAnswer> Refused(TestBusiness shop, Basket basket, string code, params string[] places)
    {
        var request = api.Checkout(shop, basket);
        var first = await request.Refused(422, code);
        first.Faults.ShouldBe(places.Select(place => $"{place} {code}"));
        (await request.Refused(422, code)).Said().ShouldBe(first.Said());
        return first;
    }

    /// <summary>All is on the shelf, and the next order has the first number.</summary>
    private async Task NothingHappened(TestBusiness shop, Guid variant, Basket good)
    {
        (await shop.Stock(variant)).ShouldBe((10, 0, 10));
        (await api.Buy(shop, good)).Number.ShouldBe("1001");
    }
}
