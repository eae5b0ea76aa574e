using Mainstreet.Api.Tests.Coupons;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>The business changes what is in an order until it is ready (ORD-12): stock, sums and whoever brings it follow.</summary>
public sealed class AmendingAnOrder(ApiFixture api)
{
    [Fact]
    public async Task Fewer_more_and_other_goods_of_a_cash_order()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, vase) = (await acme.Sell(), await acme.Sell("Vase", 1_000, 5));
        var order = await api.Buy(acme, lamp, 3);
        (await acme.Amend(order, Lines((1, 2)), reason: "One is broken").Returns(204)).ETag.ShouldBe("\"v2\"");
        await Is(9_800, (10, 2, 8), (5, 0, 5));
        (await acme.Amend(order, Lines((1, 2))).Returns(204)).ETag.ShouldBe("\"v2\"", "nothing has changed");

        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        var refused = await acme.Amend(order, Lines((1, 4))).Refused(422, "consent_required");
        (refused.Json.Amount("previous_total"), refused.Json.Amount("total")).ShouldBe((9_800, 19_600));
        await acme.Amend(order, Lines((1, 4)), agreed: true).With("Prefer", "handling=dry-run").Returns(200);
        await Is(9_800, (10, 2, 8), (5, 0, 5));
        await acme.Amend(order, Lines((1, 4)), Goods(vase, 2), agreed: true).Returns(204);
        await Is(21_600, (10, 4, 6), (5, 2, 3));
        await acme.Owner.Post($"{order.Path}/start-preparation").Returns(204);
        await acme.Amend(order, Lines((1, 0)), reason: "Customer called").Returns(204);
        await Is(2_000, (10, 0, 10), (5, 2, 3));

        var sold = (await acme.Owner.Get(order.Path).Returns(200)).Json;
        sold.List("lines").Select(line => (line.GetProperty("line_no").GetInt32(), line.Text("name"), line.Text("note"))).ShouldBe([(2, "Vase", "gift")]);
        (sold.Text("status"), sold.GetProperty("timeline").GetArrayLength()).ShouldBe(("preparing", 3));
        (await api.Guest.Get(order.GuestPath()).Returns(200)).Json.GetProperty("totals").Amount("total").ShouldBe(2_000);
        var history = (await acme.Owner.Get($"/history/orders/{order.Id}").Returns(200)).Data;
        history.Texts("type").ShouldBe(["order.placed", "order.amended", "order.confirmed", "order.amended", "order.preparation_started", "order.amended"]);
        var change = history[1].List("changes").Single(change => change.Text("field") == "/total/amount");
        (change.GetProperty("before").GetInt64(), change.GetProperty("after").GetInt64(), history[1].GetProperty("data").Text("reason")).ShouldBe((14_700, 9_800, "One is broken"));

        await acme.Owner.Post($"{order.Path}/ready").Returns(204);
        (await acme.Amend(order, Lines((2, 1))).Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBe(["collect", "cancel"]);
        await acme.Owner.Post($"{order.Path}/collect", new { cash_collected = Eur(2_000) }).Returns(204);
        (await acme.Stock(vase)).ShouldBe((3, 0, 3));
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));

        async Task Is(long total, (decimal, decimal, decimal) lamps, (decimal, decimal, decimal) vases)
        {
            (await acme.Owner.Get(order.Path).Returns(200)).Json.GetProperty("totals").Amount("total").ShouldBe(total);
            (await acme.Stock(lamp)).ShouldBe(lamps);
            (await acme.Stock(vase)).ShouldBe(vases);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_named_and_nothing_is_moved()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, vase) = (await acme.Sell(), await acme.Sell("Vase", 1_000, 2));
        var order = await api.Buy(acme, lamp, 8);
        var refused = await acme.Amend(order, Lines((1, 9)), [.. Goods(vase, 3), .. Goods(lamp, 2)], agreed: true).Refused(422, "out_of_stock");
        refused.Faults.ShouldBe(["/lines/0/quantity out_of_stock", "/add/1/quantity out_of_stock", "/add/0/quantity out_of_stock"], ignoreOrder: true);
        refused.Json.List("shortages").Select(one => (one.GetProperty("requested").GetDecimal(), one.GetProperty("available").GetDecimal())).ShouldBe([(3, 2), (3, 2)]);
        ((await acme.Stock(lamp)).Reserved, (await acme.Stock(vase)).Reserved).ShouldBe((8, 0));
        await acme.Amend(order, Lines((1, 9)), Goods(lamp, 1), agreed: true).Returns(204);
        (await acme.Stock(lamp)).ShouldBe((10, 10, 0));
        await acme.Owner.Post($"{order.Path}/cancel", new { reason = "Over" }).Returns(204);
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));
    }

    [Fact]
    public async Task What_was_not_counted_when_it_was_ordered_was_not_promised()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        await acme.Owner.Put($"/business/stock/items/{lamp}/policy", new { policy = "untracked" }).Returns(204);
        var order = await api.Buy(acme, lamp, 20);
        await acme.Owner.Put($"/business/stock/items/{lamp}/policy", new { policy = "deny" }).Returns(204);
        await acme.Amend(order, Lines((1, 15))).Returns(204);
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));
    }

    [Fact]
    public async Task What_makes_no_order_is_refused()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        var order = await api.Buy(acme, lamp);
        await acme.Owner.Post($"{order.Path}/amend", new { lines = Lines((1, 2)) }).Returns(400);
        (await acme.Amend(order).Refused(400, "validation_failed")).Faults.ShouldBe(["/lines not_empty"]);
        (await acme.Amend(order, Lines((1, 1), (1, 2))).Refused(400, "validation_failed")).Faults.ShouldBe(["/lines lines_invalid"]);
        (await acme.Amend(order, Lines((1, -1), (2, 0.0001m))).Refused(400, "validation_failed")).Faults
            .ShouldBe(["/lines/0/quantity invalid_quantity", "/lines/1/quantity invalid_quantity"]);
        (await acme.Amend(order, add: Goods(lamp, 0)).Refused(400, "validation_failed")).Faults.ShouldBe(["/add/0/quantity invalid_quantity"]);
        await acme.Amend(order, Lines((2, 1))).Refused(422, "line_unknown");
        await acme.Amend(order, Lines((1, 0))).Refused(422, "order_would_be_empty");
        (await acme.Amend(order, add: Goods(Guid.CreateVersion7(), 1), agreed: true).Refused(422, "not_available")).Faults.ShouldBe(["/add/0/variant_id not_available"]);
        await acme.Owner.Patch("/business/settings", new { prices_include_tax = false }).Returns(204);
        await acme.Amend(order, add: Goods(lamp, 1), agreed: true).Refused(422, "tax_inclusion_changed");
        (await acme.Owner.Get(order.Path).Returns(200)).ETag.ShouldBe("\"v1\"");
    }

    [Fact]
    public async Task Once_by_those_who_may_and_have_seen_it_as_it_is()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var lamp = await acme.Sell();
        var order = await api.Buy(acme, lamp);
        var seen = (await acme.Owner.Get(order.Path).Returns(200)).ETag!;
        await globex.Amend(order, Lines((1, 2)), agreed: true).Refused(404, "not_found");
        await (await api.NewMember(acme, Role.Marketer)).Post($"{order.Path}/amend", new { lines = Lines((1, 2)) }).Key("k").Refused(403, "missing_permission");
        for (var i = 0; i < 2; i++)
        {
            await acme.Owner.Post($"{order.Path}/amend", new { add = Goods(lamp, 1), customer_agreed = true }).Key("same").Returns(204);
        }

        (await acme.Stock(lamp)).Reserved.ShouldBe(2);
        await acme.Amend(order, Lines((1, 3)), agreed: true).IfMatch(seen).Refused(412, "stale_version");
    }

    [Fact]
    public async Task Whoever_brings_it_collects_what_it_costs_by_then()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme, OrderStatus.Confirmed));
        var delivery = await api.Assign(acme, order, dana);
        await dana.Drive(delivery, "to_business", "at_pickup");
        await acme.Amend(order, Lines((1, 1))).Returns(204);
        var due = (await dana.Session.Get($"/driver/deliveries/{delivery}").Until(answer => answer.Json.Amount("cash_to_collect") < order.Total)).Json;
        (due.Amount("cash_to_collect"), due.GetProperty("order").Amount("total")).ShouldBe((1_200 + DeliveryStarters.Fee, 1_200 + DeliveryStarters.Fee));
        (await api.History(acme, "deliveries", delivery))[^1].Type.ShouldBe("delivery.cash_due_changed");

        await acme.Owner.Post($"{order.Path}/ready").Returns(204);
        await dana.Drive(delivery, "picked_up", "en_route", "arrived");
        await dana.Session.Post($"/driver/deliveries/{delivery}/proof", new { code = "4711" }).Returns(204);
        await dana.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = Eur(1_200 + DeliveryStarters.Fee) }).Returns(204);
        await dana.Drive(delivery, "delivered");
        (await acme.Sold(order)).ShouldBe(("delivered", "paid"));
        (await acme.Stock(order.Variant)).ShouldBe((9, 0, 9));
    }

    [Fact]
    public async Task Coupon_and_points_follow_the_goods()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var (carla, coupon) = (await api.NewCustomer(shop), await shop.NewCoupon());
        await shop.Give(carla, 1_000);
        var order = (await carla.CheckOut(lamp, points: 900, quantity: 2, coupon: "WELCOME").Returns(201)).Order();
        order.Total.ShouldBe(9_800 - 980 - 4_500);

        await shop.Amend(order, Lines((1, 1))).Returns(204);
        var sold = (await shop.Owner.Get(order.Path).Returns(200)).Json;
        (sold.GetProperty("totals").Amount("total"), sold.GetProperty("coupon").Amount("saved")).ShouldBe((0, 490));
        (sold.GetProperty("points").GetProperty("points").GetInt64(), sold.GetProperty("points").Amount("saved")).ShouldBe((882, 4_410));
        (await carla.Balance()).ShouldBe(118, "what pays for nothing comes back");

        await shop.Amend(order, Lines((1, 2)), agreed: true).Returns(204);
        (await shop.Owner.Get(order.Path).Returns(200)).Json.GetProperty("totals").Amount("total").ShouldBe(9_800 - 980 - 4_410);
        (await shop.Uses(coupon)).Used.ShouldBe(1);
        await shop.Complete(order with { Total = 4_410 });
        await carla.Has(118 + 44);

        var second = await carla.Buys(lamp, points: 100);
        await shop.Amend(second, Lines((1, 2)), agreed: true).Returns(204);
        await shop.Owner.Post($"{second.Path}/cancel", new { reason = "Over" }).Returns(204);
        (await carla.Balance()).ShouldBe(162);
    }

    [Fact]
    public async Task An_order_earns_what_is_kept_of_it_and_its_points_stay_spent()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await shop.Give(carla, 1_000);
        var order = (await carla.CheckOut(lamp, points: 100, quantity: 3, method: "card").Returns(201)).Order();
        await shop.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        await shop.Owner.Get("/business/payments").Until(answer => answer.Data.Single().Text("status") == "completed");
        await shop.Amend(order, Lines((1, 1))).Returns(204);
        await shop.Owner.Get("/business/payments").Until(answer => answer.Data.Single().Amount("refunded") == 9_800);
        await shop.Complete(order, cash: false, confirmed: true);
        await carla.Has(900 + 44);
        (await carla.Entries(3)).ShouldBe("earned 44, redeemed -100, adjusted 1000");
    }

    [Fact]
    public async Task Customers_are_told()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var order = await api.Buy(acme, await acme.Sell(), 2);
        await acme.Amend(order, Lines((1, 1))).Returns(204);
        var mails = await acme.Owner.Get("/sandbox/outbox/messages?to=carla@example.com").Until(answer => answer.Data.Any(mail => mail.Text("template") == "order.amended"));
        var mail = mails.Data.Single(mail => mail.Text("template") == "order.amended");
        mail.Text("subject").ShouldBe($"Your order {order.Number} was changed");
    }

    [Fact]
    public async Task Whoever_cancels_confirms_or_amends_at_once_an_order_is_promised_what_it_has()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, vase) = (await acme.Sell(stock: 100), await acme.Sell("Vase", 1_000, 100));
        for (var round = 0; round < 5; round++)
        {
            var order = await api.Buy(acme, lamp, 2);
            var answers = await Task.WhenAll(
            [
                .. Enumerable.Range(0, 8).Select(i => acme.Amend(order, Lines((1, i + 1)), Goods(vase, 1), agreed: true).Send()),
                acme.Owner.Post($"{order.Path}/confirm").Send(), api.Guest.Post(order.GuestPath("/cancel")).Send(),
            ]);
            answers.ShouldAllBe(answer => answer.Status == 204 || answer.Json.Text("code") == "illegal_transition");
            var sold = (await acme.Owner.Get(order.Path).Returns(200)).Json;
            var wanted = sold.Text("status") == "canceled" ? [] : sold.List("lines");
            (await acme.Stock(lamp)).Reserved.ShouldBe(Quantity(lamp));
            (await acme.Stock(vase)).Reserved.ShouldBe(Quantity(vase));
            await acme.Owner.Post($"{order.Path}/cancel", new { reason = "Over" }).Returns(204);
            ((await acme.Stock(lamp)).Reserved, (await acme.Stock(vase)).Reserved).ShouldBe((0, 0));

            decimal Quantity(Guid variant) => wanted.Where(line => line.GetProperty("variant_id").GetGuid() == variant).Sum(line => line.GetProperty("quantity").GetDecimal());
        }
    }
}
