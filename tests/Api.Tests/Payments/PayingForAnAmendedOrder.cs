using System.Text.Json;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>What is held, taken and given back for an order whose goods change (ORD-12, PAY-01), and what it counts as.</summary>
public sealed class PayingForAnAmendedOrder(ApiFixture api)
{
    [Fact]
    public async Task No_more_is_taken_than_it_costs_when_it_is_confirmed()
    {
        var paid = await api.Authorized();
        await Amend(paid, 4, agreed: true).Refused(422, "amendment_exceeds_payment");
        await Amend(paid, 1).Returns(204);
        await Amend(paid, 2).Refused(422, "consent_required");
        await Amend(paid, 2, agreed: true).Returns(204);
        await paid.Staff.Post($"{paid.Order.Path}/confirm").Returns(204);

        var payment = (await paid.PaymentThatIs("completed")).Json;
        (payment.Amount("amount"), payment.Amount("captured"), payment.Amount("left")).ShouldBe((14_700, 9_800, 9_800));
        (await paid.Shop.Sold(paid.Order)).ShouldBe(("confirmed", "paid"));
        await Amend(paid, 3, agreed: true).Refused(422, "amendment_exceeds_payment");
    }

    [Fact]
    public async Task What_was_taken_too_much_goes_back_by_itself_and_the_rest_by_lines()
    {
        var paid = await api.Captured();
        await Amend(paid, 2).Returns(204);
        var payment = (await paid.PaymentThatIs("partially_refunded")).Json;
        var refund = payment.List("refunds").Single();
        (refund.Amount("amount"), refund.Text("reason"), refund.GetProperty("automatic").GetBoolean(), payment.Amount("left")).ShouldBe((4_900, "order_amended", true, 9_800));
        await Amend(paid, 3, agreed: true).Refused(422, "amendment_exceeds_payment");
        (await paid.Shop.Owner.Get("/business/analytics").Returns(200)).Json.GetProperty("totals").Cents("revenue").ShouldBe(9_800);

        await paid.Staff.Post($"{paid.Order.Path}/ready").Returns(204);
        await paid.Staff.Post($"{paid.Order.Path}/collect").Returns(204);
        await paid.Refund(new { lines = new[] { new { line_no = 1, quantity = 3, restock = true } } }).Refused(422, "refunds_too_much");
        (await paid.Refund(new { lines = new[] { new { line_no = 1, quantity = 2, restock = true } } }).Returns(201)).Json.Amount("amount").ShouldBe(9_800);
        (await paid.PaymentThatIs("refunded")).Json.Amount("left").ShouldBe(0);
        (await paid.Shop.Stock(paid.Order.Variant)).ShouldBe((10, 0, 10));
        (await paid.Shop.Owner.Get("/business/analytics").Returns(200)).Json.GetProperty("totals").Cents("revenue").ShouldBe(0);
    }

    [Fact]
    public async Task Goods_that_were_refunded_stay_and_nothing_is_changed_while_a_bank_decides()
    {
        var paid = await api.Captured();
        await paid.Refund(new { lines = new[] { new { line_no = 1, quantity = 1 } } }).Returns(201);
        await paid.PaymentThatIs("partially_refunded");
        await Amend(paid, 1).Refused(409, "goods_refunded");

        var disputed = await api.Captured();
        await disputed.Staff.Post($"/sandbox/payments/{disputed.Order.Id}/dispute", new { won = (bool?)null }).Returns(204);
        await disputed.PaymentThatIs("disputed");
        await Amend(disputed, 1).Refused(409, "payment_disputed");
        (await disputed.Shop.Stock(disputed.Order.Variant)).Reserved.ShouldBe(3);
    }

    [Fact]
    public async Task However_a_confirmation_and_amendments_meet_the_business_has_what_the_order_costs()
    {
        var shop = await api.NewBusiness("acme", mode: "test");
        for (var round = 0; round < 5; round++)
        {
            var paid = await api.Authorized(shop);
            var answers = await Task.WhenAll(
                paid.Staff.Post($"{paid.Order.Path}/confirm").Send(), Amend(paid, 2).Send(), Amend(paid, 1).Send(), Amend(paid, 3, agreed: true).Send());
            answers[0].Status.ShouldBe(204);
            answers.ShouldAllBe(answer => answer.Status == 204 || answer.Status == 422);
            var total = (await paid.Staff.Get(paid.Order.Path).Returns(200)).Json.GetProperty("totals").Amount("total");
            var payment = (await paid.Staff.Get(paid.Path).Until(answer =>
                answer.Json.TryGetProperty("captured", out var captured) && captured.ValueKind == JsonValueKind.Object && answer.Json.Amount("captured") - answer.Json.Amount("refunded") == total)).Json;
            payment.Amount("left").ShouldBe(total);
        }
    }

    [Fact]
    public async Task It_counts_as_what_it_is_by_now_wherever_it_is_counted()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var (lamp, vase) = (await acme.Sell(), await acme.Sell("Vase", 1_000, 5));
        var order = await api.Buy(acme, lamp, 3);
        await acme.Amend(order, Lines((1, 1)), Goods(vase, 2)).Returns(204);
        await Counts(6_900, 1, ["Lamp 1 4900", "Vase 2 2000"]);
        await acme.Amend(order, Lines((1, 0))).Returns(204);
        await Counts(2_000, 1, ["Vase 2 2000"]);
        await acme.Owner.Post($"{order.Path}/cancel", new { reason = "Over" }).Returns(204);
        await Counts(0, 0, []);

        async Task Counts(long revenue, int orders, string[] products)
        {
            var dashboard = (await acme.Owner.Get("/business/dashboard").Returns(200)).Json;
            (dashboard.Cents("revenue"), dashboard.GetProperty("orders").GetInt32()).ShouldBe((revenue, orders));
            dashboard.List("top_products").Select(product => $"{product.Text("name")} {product.Text("quantity")} {product.Cents("revenue")}").Where(row => !row.EndsWith(" 0 0", StringComparison.Ordinal)).Order().ShouldBe(products);
            var analytics = (await acme.Owner.Get("/business/analytics?by=product").Returns(200)).Json;
            analytics.GetProperty("totals").Cents("revenue").ShouldBe(revenue);
            analytics.List("parts").Select(part => $"{part.Text("name")} {part.Text("quantity")} {part.Cents("revenue")}").Order().ShouldBe(products);
            var customer = (await acme.Owner.Get("/business/customers").Returns(200)).Data.Single();
            (customer.Cents("spent"), customer.GetProperty("orders").GetInt32()).ShouldBe((revenue, orders));
            (await acme.Owner.Get("/business/orders").Returns(200)).Data.Single().Cents("total").ShouldBe(revenue == 0 ? 2_000 : revenue);
        }
    }

    private static ApiRequest Amend(PaidOrder paid, decimal quantity, bool agreed = false) => paid.Shop.Amend(paid.Order, Lines((1, quantity)), agreed: agreed);
}
