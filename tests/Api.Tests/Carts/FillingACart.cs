using Mainstreet.Api.Tests.Coupons;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Carts;

public sealed class FillingACart(ApiFixture api)
{
    [Fact]
    public async Task A_guest_puts_things_in_changes_them_and_takes_them_out()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, bulb) = (await acme.Sell("Lamp", 4900), await acme.Sell("Bulb", 999));
        var cart = await acme.NewCart(api.Guest);
        (await cart.Read()).TryGetProperty("totals", out _).ShouldBeFalse();

        var (first, second) = (await cart.Put(lamp), await cart.Put(bulb, 2, "warm"));
        (await cart.Put(lamp)).ShouldBe(first);
        var read = await cart.Read();
        read.Items().ShouldBe([(lamp, 2), (bulb, 2)]);
        (read.Text("status"), read.GetProperty("totals").Amount("total"), read.GetProperty("items")[1].Text("note")).ShouldBe(("open", 2 * 4900 + 2 * 999, "warm"));

        await cart.Session.Patch($"{cart.Path}/items/{second}", new { quantity = 5, note = (string?)null }).Returns(204);
        await cart.Session.Delete($"{cart.Path}/items/{first}").Returns(204);
        read = await cart.Read();
        read.Items().ShouldBe([(bulb, 5)]);
        read.GetProperty("items")[0].TryGetProperty("note", out _).ShouldBeFalse();
        (await cart.Session.Delete($"{cart.Path}/items/{first}").Returns(204)).ETag.ShouldBe($"\"v{read.GetProperty("version").GetInt32()}\"");
        (await cart.Session.Post($"{cart.Path}/items", new { variant_id = Guid.NewGuid(), quantity = 1 }).Refused(422, "not_available")).Faults.ShouldBe(["/variant_id not_available"]);
        (await cart.Session.Patch($"{cart.Path}/items/{second}", new { quantity = 0 }).Refused(422, "invalid_quantity")).Faults.ShouldBe(["/quantity invalid_quantity"]);
        await cart.Session.Delete(cart.Path).Returns(204);
        await cart.Session.Get(cart.Path).Refused(404, "not_found");
    }

    [Fact]
    public async Task It_is_read_at_todays_prices_and_names_what_has_changed()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, bulb, desk) = (await acme.Sell("Lamp", 4900), await acme.Sell("Bulb", 999, stock: 3), await acme.Sell("Desk", 9900));
        var cart = await acme.NewCart(api.Guest);
        var (lamps, bulbs, gift, desks) = (await cart.Put(lamp), await cart.Put(bulb, 2), await cart.Put(bulb, 1, "as a gift"), await cart.Put(desk));
        (await cart.Read()).Changes().ShouldBeEmpty();

        var products = (await acme.Owner.Get("/business/products").Returns(200)).Data.ToDictionary(product => product.Text("name")!, product => product.GetProperty("id").GetGuid());
        await acme.Owner.Patch($"/business/products/{products["Lamp"]}/variants/{lamp}", new { price = Eur(3900) }).Returns(204);
        await acme.Owner.Post($"/business/products/{products["Desk"]}/unpublish").Returns(204);
        await api.Buy(acme, bulb);

        var read = await cart.Read();
        read.Changes().ShouldBe([$"price_changed {lamps}", $"out_of_stock {bulbs}", $"out_of_stock {gift}", $"not_available {desks}"]);
        var price = read.GetProperty("changes")[0];
        (price.Amount("from"), price.Amount("to")).ShouldBe((4900, 3900));
        read.GetProperty("changes")[1].GetProperty("available").GetDecimal().ShouldBe(2);
        read.GetProperty("totals").Amount("total").ShouldBe(3900 + 3 * 999);
        await cart.CheckOut("now").Refused(422, "not_available");

        await cart.Session.Delete($"{cart.Path}/items/{desks}").Returns(204);
        await cart.Session.Patch($"{cart.Path}/items/{lamps}", new { quantity = 1 }).Returns(204); // seen
        await cart.Session.Delete($"{cart.Path}/items/{gift}").Returns(204);
        (await cart.Read()).Changes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_coupon_and_a_delivery_are_reckoned_or_it_says_why_not()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell("Lamp", 4900);
        await acme.NewCoupon(new { kind = "percentage", percent = 10, minimum_subtotal = Eur(5000) });
        var cart = await acme.NewCart(api.Guest);
        var item = await cart.Put(lamp);
        await cart.Session.Patch(cart.Path, new { coupon_code = "welcome", delivery_type = "delivery" }).Returns(204);
        (await cart.Read()).Problems().ShouldBe(["delivery_not_offered", "coupon_below_minimum"]);

        await acme.Deliver(fee: 390);
        await cart.Session.Patch($"{cart.Path}/items/{item}", new { quantity = 2 }).Returns(204);
        var read = await cart.Read();
        read.Problems().ShouldBeEmpty();
        (read.GetProperty("totals").Amount("discount"), read.GetProperty("totals").Amount("total")).ShouldBe((980, 9800 - 980 + 390));
        await cart.Session.Patch(cart.Path, new { coupon_code = "none-such" }).Returns(204);
        (await cart.Read()).Problems().ShouldBe(["coupon_unknown"]);
        await cart.Session.Patch(cart.Path, new { coupon_code = (string?)null }).Returns(204);
        (await cart.Read()).TryGetProperty("coupon_code", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_put_something_in_at_once()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell("Lamp", 4900);
        var cart = await acme.NewCart(api.Guest);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cart.Session.Post($"{cart.Path}/items", new { variant_id = lamp, quantity = 1 }).Send()));
        answers.ShouldAllBe(answer => answer.Status == 201);
        (await cart.Read()).Items().ShouldBe([(lamp, 4)]);
        await cart.Session.Patch(cart.Path, new { delivery_type = "pickup" }).IfMatch("\"v1\"").Refused(412, "stale_version");
    }

    [Fact]
    public async Task It_is_gone_when_nobody_has_touched_it_for_thirty_days()
    {
        var (acme, lamp) = await api.NewShop();
        var cart = await acme.NewCart(api.Guest);
        await acme.Advance("P29D");
        await cart.Put(lamp);
        await acme.Advance("P29D");
        (await cart.Read()).Items().ShouldBe([(lamp, 1)]);
        await acme.Advance("P1D");
        await cart.Session.Get(cart.Path).Refused(404, "not_found");
        await cart.CheckOut("late").Refused(404, "not_found");
    }
}
