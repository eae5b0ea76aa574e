using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Coupons;

public sealed class BuyingWithACoupon(ApiFixture api)
{
    [Theory]
    [InlineData(true, 9719, 1408 + 144)]
    [InlineData(false, 9719 + 1847, 1676 + 171)]
    public async Task It_takes_its_part_off_every_line_and_the_tax_is_on_what_is_left(bool included, long total, long tax)
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, bulb) = (await acme.Sell("Lamp", 4900), await acme.Sell("Bulb", 999));
        await acme.Owner.Patch("/business/settings", new { tax_rate_percent = 19, prices_include_tax = included }).Returns(204);
        var coupon = await acme.NewCoupon();

        var placed = await api.Checkout(acme, new Basket(new(lamp, 2), new(bulb)) { CouponCode = "welcome", ExpectedTotal = Eur(total) }).Returns(201);

        var totals = placed.Json.GetProperty("totals");
        (totals.Amount("subtotal"), totals.Amount("discount"), totals.Amount("tax"), totals.Amount("total")).ShouldBe((10799, 1080, tax, total));
        (placed.Json.GetProperty("coupon").Text("code"), placed.Json.GetProperty("coupon").Amount("saved")).ShouldBe(("WELCOME", 1080));
        var sold = (await acme.Owner.Get(placed.Order().Path).Returns(200)).Json;
        sold.GetProperty("lines").EnumerateArray().Select(line => line.Amount("discount")).ShouldBe([980, 100]);
        sold.GetProperty("lines").EnumerateArray().Sum(line => line.Amount("tax")).ShouldBe(totals.Amount("tax"));
        sold.GetProperty("coupon").GetProperty("id").GetGuid().ShouldBe(coupon.Id);
        var dashboard = (await acme.Owner.Get($"/business/dashboard?min_position={placed.Position}").Returns(200)).Json;
        dashboard.GetProperty("top_products").EnumerateArray().Select(product => product.Amount("revenue")).ShouldBe([9800 - 980, 999 - 100]);
        (await acme.Uses(coupon)).ShouldBe(("active", 1));
    }

    [Fact]
    public async Task It_is_for_what_it_names_and_from_what_it_asks_for()
    {
        var acme = await api.NewBusiness("acme");
        var garden = (await acme.Owner.Post("/business/categories", new { name = "Garden" }).Returns(201)).Id;
        var pots = (await acme.Owner.Post("/business/categories", new { name = "Pots", parent_id = garden }).Returns(201)).Id;
        var (lamp, pot) = (await acme.Sell("Lamp", 4900), await acme.Sell("Pot", 1500));
        var product = (await acme.Owner.Get("/business/products?q=pot").Returns(200)).Data[0].GetProperty("id").GetGuid();
        await acme.Owner.Patch($"/business/products/{product}", new { category_id = pots }).Returns(204);
        await acme.NewCoupon(new { kind = "fixed_amount", amount = Eur(500), minimum_subtotal = Eur(2000), category_ids = new[] { garden } });
        var both = new Basket(new(lamp), new(pot, 2)) { CouponCode = "WELCOME" };

        (await Refused(new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" }, "coupon_not_applicable")).Json.TryGetProperty("minimum", out _).ShouldBeFalse();
        (await Refused(new Basket(new(lamp), new(pot)) { CouponCode = "WELCOME" }, "coupon_below_minimum")).Json.Amount("subtotal").ShouldBe(1500);
        var quote = (await api.Quote(acme, new { lines = both.Lines.Select(line => new { line.VariantId, line.Quantity }), delivery_type = "pickup", coupon_code = "Welcome" }).Returns(200)).Json;
        quote.GetProperty("lines").EnumerateArray().Select(line => line.Amount("discount")).ShouldBe([0, 500]);
        (await api.Buy(acme, both)).Total.ShouldBe(quote.GetProperty("totals").Amount("total"));
        await Refused(both with { CouponCode = "NO-SUCH" }, "coupon_unknown");
        await Refused(both with { CouponCode = "?" }, "coupon_unknown");

        async Task<ApiAnswer> Refused(Basket basket, string code)
        {
            var refused = await api.Checkout(acme, basket).Refused(422, code);
            refused.Faults.ShouldBe([$"/coupon_code {code}"]);
            return refused;
        }
    }

    [Fact]
    public async Task A_free_delivery_takes_off_the_fee_and_nothing_else()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        await acme.Deliver(fee: 390);
        await acme.NewCoupon(new { kind = "free_delivery" });
        var basket = new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" };

        await api.Checkout(acme, basket).Refused(422, "coupon_not_applicable");
        var totals = (await api.Checkout(acme, basket.Delivered()).Returns(201)).Json.GetProperty("totals");
        (totals.Amount("delivery_fee"), totals.Amount("discount"), totals.Amount("total")).ShouldBe((390, 390, 4900));
    }

    [Fact]
    public async Task It_has_its_time()
    {
        var (acme, lamp) = await api.NewShop();
        var now = (await acme.Owner.Get($"/test-clocks/{acme.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        var coupon = await acme.NewCoupon(new { kind = "percentage", percent = 10, starts_at = now.AddDays(1), ends_at = now.AddDays(2) });
        var basket = new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" };

        (await acme.Uses(coupon)).Status.ShouldBe("scheduled");
        (await api.Checkout(acme, basket).Refused(422, "coupon_not_yet_valid")).Json.GetProperty("starts_at").GetDateTimeOffset().ShouldBe(now.AddDays(1));
        await acme.Advance("P1D");
        await api.Buy(acme, basket);
        await acme.Owner.Post($"{coupon.Path}/deactivate").Returns(204);
        await api.Checkout(acme, basket).Refused(422, "coupon_expired");
        await acme.Owner.Post($"{coupon.Path}/activate").Returns(204);
        await api.Buy(acme, basket);
        await acme.Advance("P1D");
        await api.Checkout(acme, basket).Refused(422, "coupon_expired");
        (await acme.Uses(coupon)).Status.ShouldBe("expired");
    }

    [Fact]
    public async Task A_customer_uses_it_once_whether_signed_in_or_not()
    {
        var (acme, lamp) = await api.NewShop();
        var coupon = await acme.NewCoupon(new { kind = "percentage", percent = 10, max_uses_per_customer = 1 });
        var carla = await api.NewCustomer(acme);
        var basket = new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" };
        var asGuest = basket with { Contact = basket.Contact with { Email = carla.Email.ToUpperInvariant() } };

        var order = await api.Buy(acme, asGuest);
        var refused = await carla.Session.Post($"/storefronts/{acme.Subdomain}/orders", basket).Key("mine").Refused(422, "coupon_used_by_customer");
        refused.Faults.ShouldBe(["/coupon_code coupon_used_by_customer"]);
        await api.Quote(acme, new { lines = new[] { new { variant_id = lamp, quantity = 1 } }, delivery_type = "pickup", coupon_code = "WELCOME", email = carla.Email })
            .Refused(422, "coupon_used_by_customer");
        await api.Buy(acme, basket); // somebody else

        await acme.Owner.Post($"{order.Path}/cancel", new { reason = "sold_out" }).Returns(204);
        await carla.Session.Post($"/storefronts/{acme.Subdomain}/orders", basket).Key("again").Returns(201);
        (await acme.Uses(coupon)).Used.ShouldBe(2);
    }

    [Fact]
    public async Task Whatever_ends_a_sale_gives_the_use_back_once()
    {
        var (acme, lamp) = await api.NewShop();
        var coupon = await acme.NewCoupon(new { kind = "percentage", percent = 10, max_uses = 3 });
        var basket = new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" };
        var (canceled, rejected, unpaid) = (await api.Buy(acme, basket), await api.Buy(acme, basket), await api.Buy(acme, basket with { PaymentMethod = "card" }));
        await api.Checkout(acme, basket).Refused(422, "coupon_used_up");
        (await acme.Uses(coupon)).ShouldBe(("used_up", 3));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.Guest.Post(canceled.GuestPath("/cancel")).Returns(204)));
        (await acme.Uses(coupon)).ShouldBe(("active", 2));
        await acme.Owner.Post($"{rejected.Path}/reject", new { reason = "closed" }).Returns(204);
        await acme.Owner.Post($"{rejected.Path}/reject", new { reason = "closed" }).Returns(204);
        (await acme.Uses(coupon)).Used.ShouldBe(1);
        await acme.Advance("PT15M");
        (await acme.Uses(coupon)).Used.ShouldBe(0);

        var kept = await api.Buy(acme, basket);
        var uses = (await acme.Owner.Get($"{coupon.Path}/uses").Returns(200)).Data;
        uses.Select(use => (use.Text("number"), use.Text("status"), use.GetProperty("counts").GetBoolean())).ShouldBe(
            [(kept.Number, "pending", true), (unpaid.Number, "canceled", false), (rejected.Number, "rejected", false), (canceled.Number, "canceled", false)]);
        (await acme.Owner.Get($"/history/coupons/{coupon.Id}").Returns(200)).Data.Count(entry => entry.Text("type") == "coupon.released").ShouldBe(3);
    }
}
