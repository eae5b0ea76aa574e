namespace Mainstreet.Api.Tests.Orders;

public sealed class PayingForAnOrder(ApiFixture api)
{
    [Fact]
    public async Task The_business_gets_it_when_it_is_paid()
    {
        var (acme, lamp, order) = await Unpaid();
        (await acme.Sold(order)).ShouldBe(("awaiting_payment", "pending"));
        (await acme.Stock(lamp)).ShouldBe((10, 2, 8));
        (await acme.Owner.Post($"{order.Path}/confirm").Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBe(["authorize_payment", "cancel"]);

        await acme.Owner.Post($"/sandbox/payments/{order.Id}/fail", new { reason = "card_declined" }).Returns(204);
        var declined = (await acme.Owner.Get(order.Path).Returns(200)).Json;
        (declined.Text("status"), declined.GetProperty("payment").Text("failure_reason")).ShouldBe(("awaiting_payment", "card_declined"));
        await acme.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await acme.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);

        (await acme.Sold(order)).ShouldBe(("pending", "authorized"));
        (await api.Guest.Get(order.GuestPath()).Returns(200)).Json.GetProperty("payment").Text("status").ShouldBe("authorized");
        (await acme.Owner.Get($"/history/orders/{order.Id}").Returns(200)).Data.Select(entry => entry.Text("type")).ShouldBe(["order.placed", "order.payment_authorized"]);

        // it is not expired afterwards, but wants an answer
        (await acme.Advance("PT15M")).Ran().ShouldContain("order.accept_timeout");
        (await acme.Owner.Get(order.Path).Returns(200)).Json.Text("reason").ShouldBe("acceptance_timeout");
    }

    [Fact]
    public async Task Left_unpaid_it_is_canceled_and_its_goods_are_free()
    {
        var (acme, lamp, order) = await Unpaid();
        await acme.Advance("PT14M59S");
        (await acme.Sold(order)).Status.ShouldBe("awaiting_payment");

        var advanced = await acme.Advance("PT1S");
        advanced.Ran().ShouldBe(["order.payment_expire", "payment.release"]);
        advanced.Json.GetProperty("executed").EnumerateArray().ShouldAllBe(message => message.Text("outcome") == "succeeded");
        var due = (await acme.Owner.Get(order.Path).Returns(200)).Json.GetProperty("payment_due_by").GetDateTimeOffset();
        advanced.Json.GetProperty("executed")[0].GetProperty("ran_at").GetDateTimeOffset().ShouldBe(due);
        (await acme.Sold(order)).ShouldBe(("canceled", "expired"));
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));

        // a payment that comes too late is given back
        await acme.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await acme.Advance("PT1S");
        (await acme.Sold(order)).ShouldBe(("canceled", "expired"));
        (await acme.Owner.Get(order.Path).Returns(200)).Json.GetProperty("payment").Text("status").ShouldBe("voided");
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));
    }

    [Fact]
    public async Task What_was_paid_for_an_order_that_is_given_up_goes_back()
    {
        var (acme, lamp, order) = await Unpaid();
        await acme.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await api.Guest.Post(order.GuestPath("/cancel")).Returns(204);
        await acme.Advance("PT1S");

        var sold = (await acme.Owner.Get(order.Path).Returns(200)).Json;
        (sold.Text("status"), sold.Text("payment_status"), sold.GetProperty("payment").Text("status")).ShouldBe(("canceled", "voided", "voided"));
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));
        (await acme.Advance("PT1H")).Ran().ShouldBe(["order.accept_timeout", "order.payment_expire"], ignoreOrder: true); // which find nothing to do
        (await acme.Sold(order)).ShouldBe(("canceled", "voided"));
    }

    [Fact]
    public async Task Only_what_is_paid_by_card_in_a_test_business_is_simulated()
    {
        var (acme, lamp, _) = await Unpaid();
        var cash = await api.Buy(acme, lamp);
        await acme.Owner.Post($"/sandbox/payments/{cash.Id}/authorize").Refused(409, "payment_not_initiated");
        await acme.Owner.Post($"/sandbox/payments/{Guid.NewGuid()}/authorize").Refused(404, "not_found");

        var live = await api.NewBusiness("live");
        var sold = await api.Buy(live, await live.Sell());
        await live.Owner.Post($"/sandbox/payments/{sold.Id}/authorize").Refused(404, "not_found");
        await live.Owner.Post($"/sandbox/payments/{sold.Id}/fail").Refused(404, "not_found");
    }

    /// <summary>Two of ten lamps, to be paid by card.</summary>
    private async Task<(TestBusiness Shop, Guid Lamp, TestOrder Order)> Unpaid()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var lamp = await acme.Sell();
        return (acme, lamp, await api.Buy(acme, new Basket(new BasketLine(lamp, 2)) { PaymentMethod = "card" }));
    }
}
