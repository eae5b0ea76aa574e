using Mainstreet.Api.Tests.Coupons;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Loyalty;

/// <summary>Points at the checkout: beside coupons, once, and given back with the order.</summary>
public sealed class RedeemingPoints(ApiFixture api)
{
    [Fact]
    public async Task Points_pay_a_part_of_the_goods_beside_a_coupon()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward(minimum: 20);
        var carla = await api.NewCustomer(shop);
        await shop.NewCoupon();
        await shop.Give(carla, 1_000);
        var basket = new Basket(new BasketLine(lamp)) { RedeemPoints = 100, CouponCode = "WELCOME" };
        var quote = (await carla.Session.Post(
            $"/storefronts/{shop.Subdomain}/orders/quote",
            new { lines = new[] { new { variant_id = lamp, quantity = 1 } }, delivery_type = "pickup", coupon_code = "WELCOME", redeem_points = 100 }).Returns(200)).Json;
        quote.GetProperty("totals").Amount("total").ShouldBe(4_900 - 490 - 500);
        quote.GetProperty("points").Amount("saved").ShouldBe(500);
        quote.GetProperty("lines")[0].Amount("discount").ShouldBe(990);
        (await carla.Balance()).ShouldBe(1_000);

        var placed = await carla.CheckOut(lamp, points: 100, coupon: "WELCOME").Returns(201);
        (placed.Json.GetProperty("totals").Amount("total"), placed.Json.GetProperty("points").GetProperty("points").GetInt64()).ShouldBe((3_910, 100));
        (await carla.Balance()).ShouldBe(900);
        (await shop.Owner.Get(placed.Order().Path).Returns(200)).Json.GetProperty("points").Amount("saved").ShouldBe(500);

        await carla.CheckOut(lamp, points: 19).Refused(422, "points_below_minimum");
        await carla.CheckOut(lamp, points: 901).Refused(422, "points_insufficient");
        (await carla.CheckOut(lamp, points: 900, coupon: "WELCOME").Refused(422, "points_exceed_goods")).Json.GetProperty("most").GetInt64().ShouldBe(882);
        await carla.CheckOut(lamp, points: 0).Returns(400);
        await api.Checkout(shop, basket).Refused(422, "points_need_account");
        (await carla.Balance()).ShouldBe(900);

        await shop.Complete(placed.Order());
        await carla.Has(939); // what was paid with points earns none
        await shop.Reward(enabled: false);
        await carla.CheckOut(lamp, points: 100).Refused(422, "loyalty_not_offered");
        await shop.Owner.Post($"/business/customers/{carla.Id}/loyalty/adjustments", new { points = 5, reason = "Late" }).Refused(409, "loyalty_not_running");
    }

    [Fact]
    public async Task Points_that_pay_for_all_of_it_leave_nothing_to_pay()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await shop.Give(carla, 1_000);
        var order = (await carla.CheckOut(lamp, points: 980, method: "card").Returns(201)).Order();
        order.Total.ShouldBe(0);
        await shop.Complete(order, cash: false);
        await shop.Advance("P1D");
        (await carla.Balance()).ShouldBe(20);
    }

    [Fact]
    public async Task Points_are_given_back_with_the_order()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await shop.Give(carla, 100);

        var canceled = await carla.Buys(lamp, points: 100);
        (await carla.Balance()).ShouldBe(0);
        await carla.Session.Post($"/customers/me/orders/{canceled.Id}/cancel").Returns(204);
        (await carla.Balance()).ShouldBe(100);
        await carla.Session.Post($"/customers/me/orders/{canceled.Id}/cancel").Returns(204);
        var rejected = await carla.Buys(lamp, points: 60);
        await shop.Owner.Post($"{rejected.Path}/reject", new { reason = "Sold out" }).Returns(204);
        (await carla.Balance()).ShouldBe(100);
        await carla.CheckOut(lamp, points: 70, method: "card").Returns(201);
        (await carla.Balance()).ShouldBe(30);
        await shop.Advance("PT1H");
        (await carla.Balance()).ShouldBe(100);
        (await carla.Entries(7)).ShouldBe("redeemed_reversed 70, redeemed -70, redeemed_reversed 60, redeemed -60, redeemed_reversed 100, redeemed -100, adjusted 100");

        var first = await carla.Session.Get("/customers/me/loyalty/entries?limit=3").Returns(200);
        var next = await carla.Session.Get($"/customers/me/loyalty/entries?limit=10&cursor={first.Json.Text("next_cursor")}").Returns(200);
        next.Data.Select(entry => entry.GetProperty("points").GetInt64()).ShouldBe([-60, 100, -100, 100]);
    }

    [Fact]
    public async Task Of_many_checkouts_at_once_one_has_the_points()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await shop.Give(carla, 100);
        for (var round = 1; round <= 25; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => carla.CheckOut(lamp, points: 60).Send()));

            var winner = answers.Where(answer => answer.Status == 201).ShouldHaveSingleItem($"round {round}");
            answers.Except([winner]).ShouldAllBe(answer => answer.Status == 422 && answer.Json.GetProperty("code").GetString() == "points_insufficient");
            (await carla.Balance()).ShouldBe(40);
            await carla.Session.Post($"/customers/me/orders/{winner.Id}/cancel").Returns(204);
            (await carla.Balance()).ShouldBe(100);
        }
    }

    [Fact]
    public async Task An_order_that_is_refunded_whole_gives_back_the_points_that_it_was_paid_with()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await shop.Give(carla, 100);
        var order = (await carla.CheckOut(lamp, points: 100, method: "card").Returns(201)).Order();
        await shop.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        var payment = (await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "paid")).Json.GetProperty("payment").GetProperty("id").GetGuid();
        await shop.Complete(order, cash: false, confirmed: true);
        await carla.Has(44);

        var staff = await shop.Owner.SteppedUp();
        await staff.Post($"/business/payments/{payment}/refunds", new { amount = OrderStarters.Eur(1_000) }).Returns(201);
        await carla.Has(34);
        await staff.Post($"/business/payments/{payment}/refunds", new { }).Returns(201);
        await carla.Has(100);
        await shop.Advance("P1D");
        (await carla.Entries(6)).ShouldBe("redeemed_reversed 100, earned_reversed -34, earned_reversed -10, earned 44, redeemed -100, adjusted 100");
    }

    [Fact]
    public async Task Points_are_one_customer_s_of_one_business()
    {
        var ((shop, lamp), (other, bench)) = (await api.NewShop(), await api.NewShop("other"));
        await shop.Reward();
        await other.Reward();
        var carla = await api.NewCustomer(shop);
        var same = await api.NewCustomer(other, carla.Email);
        var dora = await api.NewCustomer(shop);
        await shop.Give(carla, 100);
        await same.CheckOut(bench, points: 10).Refused(422, "points_insufficient");
        await dora.CheckOut(lamp, points: 10).Refused(422, "points_insufficient");
        await other.Owner.Get($"/business/customers/{carla.Id}/loyalty").Refused(404, "not_found");
        (await shop.Owner.Get($"/business/customers/{carla.Id}/loyalty").Returns(200)).Json.GetProperty("available").GetInt64().ShouldBe(100);
        await shop.Owner.Post($"/business/customers/{carla.Id}/loyalty/adjustments", new { points = -101, reason = "Mistake" }).Refused(422, "points_insufficient");
        await shop.Owner.Post($"/business/customers/{carla.Id}/loyalty/adjustments", new { points = 5, reason = "" }).Refused(400, "reason_invalid");
        var guest = await api.BuyAs(shop, lamp, Starters.NewEmail("guest"));
        var known = (await shop.Owner.Get(guest.Path).Returns(200)).Json.GetProperty("customer").GetProperty("id").GetGuid();
        await shop.Owner.Post($"/business/customers/{known}/loyalty/adjustments", new { points = 5, reason = "Nice" }).Refused(409, "customer_not_registered");
        (await shop.Owner.Get($"/business/customers/{known}/loyalty").Returns(200)).Json.GetProperty("balance").GetInt64().ShouldBe(0);
    }
}
