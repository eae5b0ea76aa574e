using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Payments;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Loyalty;

/// <summary>For what points are earned, and when they are taken back (CUS-06).</summary>
public sealed class EarningPoints(ApiFixture api)
{
    [Fact]
    public async Task An_order_earns_when_it_is_done_and_not_before()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var before = await carla.Buys(lamp);
        await shop.Advance("PT1M");
        await shop.Reward(perUnit: 2);
        var order = await carla.Buys(lamp);
        await shop.Complete(before);
        (await carla.Balance()).ShouldBe(0);
        await shop.Complete(order);
        await carla.Has(98);

        await shop.Owner.Post($"{order.Path}/complete").Returns(204);
        await shop.Advance("P2D");
        (await carla.Entries(1)).ShouldBe("earned 98");
        var seen = await shop.Owner.Get($"/business/customers/{carla.Id}").Until(answer => answer.Json.GetProperty("loyalty_points").GetInt64() == 98);
        seen.Json.GetProperty("orders").GetInt32().ShouldBe(2);
        (await shop.Owner.Get("/business/customers").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("loyalty_points").GetInt64().ShouldBe(98);
        var entry = (await shop.Owner.Get($"/business/customers/{carla.Id}/loyalty/entries").Returns(200)).Data.ShouldHaveSingleItem();
        entry.GetProperty("order_id").GetGuid().ShouldBe(order.Id);
        (await carla.Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("loyalty_entries")[0].GetProperty("points").GetInt64().ShouldBe(98);
    }

    [Fact]
    public async Task What_is_refunded_takes_its_points_along()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        var order = (await carla.CheckOut(lamp, quantity: 3, method: "card").Returns(201)).Order();
        await shop.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        var payment = (await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "paid")).Json.GetProperty("payment").GetProperty("id").GetGuid();
        await shop.Complete(order, cash: false, confirmed: true);
        await carla.Has(147);
        var spent = await carla.Buys(lamp, points: 140);

        var refunds = $"/business/payments/{payment}/refunds";
        var staff = await shop.Owner.SteppedUp();
        await staff.Post(refunds, new { amount = OrderStarters.Eur(4_950) }).Returns(201);
        await carla.Has(147 - 140 - 50); // 97.50 are left, of which 97 are whole
        await staff.Post(refunds, new { }).Returns(201);
        await carla.Has(-140);
        (await carla.Entries(4)).ShouldBe("earned_reversed -97, earned_reversed -50, redeemed -140, earned 147");
        (await carla.CheckOut(lamp, points: 1).Refused(422, "points_insufficient")).Json.GetProperty("available").GetInt64().ShouldBe(0);

        await carla.Session.Post($"/customers/me/orders/{spent.Id}/cancel").Returns(204);
        (await carla.Balance()).ShouldBe(0);
    }

    [Fact]
    public async Task Guest_orders_and_sales_at_a_till_earn_when_the_address_is_verified()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var email = Starters.NewEmail("carla");
        var guest = await api.BuyAs(shop, lamp, email);
        await shop.Complete(guest);
        var carla = await api.NewCustomer(shop, email);
        var till = await shop.NewTill();
        await Sell(till, carla);
        (await carla.Balance()).ShouldBe(0);

        await carla.Verify();
        await carla.Has(98);
        await Sell(till, carla);
        await carla.Has(147);
        await carla.Session.Post("/customers/me/orders/claim", new { order_id = guest.Id, token = guest.Token }).Returns(204);
        await shop.Advance("PT1M");
        (await carla.Balance()).ShouldBe(147);

        async Task Sell(TestTill at, TestCustomer customer) => await at.Session.Post(
            "/business/sales",
            new { session_id = at.SessionId, customer_id = customer.Id, lines = new[] { new { variant_id = lamp, quantity = 1 } }, payments = new[] { PosStarters.Cash(4_900) } }).Returns(201);
    }

    [Fact]
    public async Task A_claimed_order_earns_at_once()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var email = Starters.NewEmail("carla");
        var guest = await api.BuyAs(shop, lamp, email);
        await shop.Complete(guest);
        var carla = await api.NewCustomer(shop, email);
        await carla.Session.Post("/customers/me/orders/claim", new { order_id = guest.Id, token = guest.Token }).Returns(204);
        await carla.Has(49);
        await carla.Verify();
        await shop.Advance("PT1M");
        (await carla.Entries(1)).ShouldBe("earned 49");
    }

    [Fact]
    public async Task What_comes_back_to_a_till_takes_its_points_along()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await carla.Verify();
        var till = await shop.NewTill();
        var sale = await Sell(payLater: true);
        await till.Session.Post($"{sale.Path()}/payments", new { session_id = till.SessionId, payments = new[] { PosStarters.Cash(9_800) } }).Returns(200);
        await carla.Has(98);
        await till.Session.Post($"{sale.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 1, restock = true } }, reason = "Broken" }).Returns(200);
        await carla.Has(49);
        var mistake = await Sell(payLater: false);
        await carla.Has(147);
        await till.Session.Post($"{mistake.Path()}/void", new { session_id = till.SessionId, reason = "Mistake" }).Returns(204);
        await carla.Has(49);

        Task<ApiAnswer> Sell(bool payLater) => till.Session.Post("/business/sales", new
        {
            session_id = till.SessionId,
            customer_id = carla.Id,
            lines = new[] { new { variant_id = lamp, quantity = 2 } },
            payments = payLater ? [] : new[] { PosStarters.Cash(9_800) },
            pay_later = payLater,
        }).Returns(201);
    }

    [Fact]
    public async Task Points_expire_where_the_programme_says_so()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward(days: 30);
        var carla = await api.NewCustomer(shop);
        await shop.Complete(await carla.Buys(lamp));
        await carla.Has(49);
        (await carla.Session.Get("/customers/me/loyalty").Returns(200)).Json.GetProperty("expiring")[0].GetProperty("points").GetInt64().ShouldBe(49);
        await shop.Advance("P29D");
        (await carla.Balance()).ShouldBe(49);
        (await shop.Advance("P1D")).Ran().ShouldContain("loyalty.points_expire");
        (await carla.Balance()).ShouldBe(0);
        (await carla.Entries(2)).ShouldBe("expired -49, earned 49");
    }

    [Fact]
    public async Task Whoever_comes_back_after_an_erasure_begins_with_nothing()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        var order = await carla.Buys(lamp);
        await shop.Complete(order);
        await carla.Has(49);
        await shop.Owner.Post($"/business/customers/{carla.Id}/loyalty/adjustments", new { points = 1, reason = "Carla Berg is nice" }).Returns(200);
        await (await shop.Owner.SteppedUp()).Post($"/business/customers/{carla.Id}/erase", new { reason = "requested" }).Returns(201);
        await shop.Owner.Get($"/business/customers/{carla.Id}").Until(answer => answer.Json.GetProperty("loyalty_points").GetInt64() == 0);
        (await shop.Owner.Get("/events?limit=100").Returns(200)).Text.ShouldNotContain("is nice");

        await shop.Advance("PT1M");
        var again = await api.NewCustomer(shop, carla.Email);
        await again.Session.Post("/customers/me/orders/claim", new { order_id = order.Id, token = order.Token }).Send();
        await shop.Advance("PT1M");
        (await again.Balance()).ShouldBe(0);
    }

    [Fact]
    public async Task The_programme_is_for_plans_that_have_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        var terms = new { enabled = true, points_per_unit = 1, point_value = OrderStarters.Eur(5) };
        var begun = (await shop.Owner.Get(LoyaltyStarters.Programme).Returns(200)).Json;
        (begun.GetProperty("enabled").GetBoolean(), begun.GetProperty("points_per_unit").GetInt32(), begun.Amount("point_value")).ShouldBe((false, 1, 1));
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        await admin.Put($"/admin/businesses/{shop.Id}/features/loyalty", new { on = false, reason = "Not paid for" }).Returns(204);
        await shop.Owner.Put(LoyaltyStarters.Programme, terms).Refused(403, "loyalty_not_in_plan");
        await shop.Owner.Put(LoyaltyStarters.Programme, terms with { enabled = false }).Returns(204);
        await admin.Delete($"/admin/businesses/{shop.Id}/features/loyalty").Returns(204);
        await shop.Owner.Put(LoyaltyStarters.Programme, terms with { points_per_unit = 0 }).Refused(400, "points_per_unit_invalid");
        await shop.Owner.Put(LoyaltyStarters.Programme, terms).IfMatch("\"v9\"").Refused(412, "stale_version");
        await shop.Owner.Put(LoyaltyStarters.Programme, terms).IfMatch("\"v1\"").Returns(204);
        await (await api.NewMember(shop, Role.Cashier)).Put(LoyaltyStarters.Programme, terms).Refused(403, "missing_permission");
    }
}
