using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>Taking what is held when the business takes the order on, and giving back of it (ORD-12, PAY-01, PAY-10).</summary>
public sealed class RefundingAPayment(ApiFixture api)
{
    [Fact]
    public async Task What_is_held_is_taken_when_the_order_is_confirmed()
    {
        var paid = await api.Authorized();
        (await paid.Payment()).Json.Text("status").ShouldBe("authorized");
        await paid.Refund(new { }).Refused(409, "payment_not_captured");
        await paid.Staff.Post($"{paid.Order.Path}/confirm").Returns(204);

        var payment = (await paid.PaymentThatIs("completed")).Json;
        (payment.Amount("captured"), payment.Amount("refunded"), payment.Amount("left"), payment.Text("method")).ShouldBe((14_700, 0, 14_700, "card"));
        (await paid.Shop.Sold(paid.Order)).ShouldBe(("confirmed", "paid"));
        (await paid.Staff.Get($"/history/payments/{payment.GetProperty("id").GetGuid()}").Returns(200)).Data.Select(entry => entry.Text("type"))
            .ShouldBe(["payment.initiated", "payment.authorized", "payment.captured"]);
        (await api.Guest.Get(paid.Order.GuestPath()).Returns(200)).Json.Text("payment_status").ShouldBe("paid");
    }

    [Fact]
    public async Task A_part_then_the_rest()
    {
        var paid = await api.Captured();
        var first = await paid.Refund(new { amount = Eur(4_700), reason = "Came late" }).Returns(201);
        (first.Json.Text("status"), first.Json.Amount("amount"), first.Json.Amount("left")).ShouldBe(("pending", 4_700, 10_000));
        await paid.PaymentThatIs("partially_refunded");
        var refund = (await paid.Staff.Get($"~{first.Header("Location")}").Returns(200)).Json;
        (refund.Text("status"), refund.Text("reason"), refund.Text("reference")).ShouldBe(("succeeded", "Came late", $"sandbox_{first.Id}"));
        (await paid.Shop.Sold(paid.Order)).PaymentStatus.ShouldBe("partially_refunded");

        var above = await paid.Refund(new { amount = Eur(10_001) }).Refused(422, "refund_exceeds_payment");
        above.Json.Amount("left").ShouldBe(10_000);
        await paid.Refund(new { amount = new Domain.Money(1, "USD") }).Refused(400, "refund_amount_invalid");
        await paid.Refund(new { amount = Eur(0) }).Returns(400);
        var stale = (await paid.Payment()).ETag!;
        await paid.Refund(new { }).IfMatch(stale).Returns(201);
        await paid.Refund(new { }).IfMatch(stale).Refused(412, "stale_version");
        (await paid.PaymentThatIs("refunded")).Json.Amount("left").ShouldBe(0);
        await paid.Refund(new { }).Refused(409, "nothing_to_refund");
        (await paid.Shop.Sold(paid.Order)).PaymentStatus.ShouldBe("refunded");
        (await paid.Staff.Get($"/history/orders/{paid.Order.Id}").Returns(200)).Data.Select(entry => entry.Text("type")).ShouldBe(
            ["order.placed", "order.payment_authorized", "order.confirmed", "order.payment_captured", "order.refund_requested", "order.refunded", "order.refund_requested", "order.refunded"]);
    }

    [Fact]
    public async Task Of_a_hundred_who_refund_the_rest_at_once_one_does()
    {
        for (var round = 1; round <= Races.Rounds; round++)
        {
            var paid = await api.Captured();
            var answers = await Races.OfAHundred(() => paid.Refund(new { }));
            answers.Count(answer => answer.Status == 201).ShouldBe(1);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Json.Text("code") == "nothing_to_refund");
            (await paid.PaymentThatIs("refunded")).Json.Amount("refunded").ShouldBe(14_700);
        }
    }

    [Fact]
    public async Task Many_who_refund_parts_at_once_never_give_back_more_than_was_paid()
    {
        var paid = await api.Captured();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => paid.Refund(new { amount = Eur(1_000) }).Send()));
        answers.Count(answer => answer.Status == 201).ShouldBe(14);
        var payment = (await paid.Staff.Get(paid.Path).Until(answer => answer.Json.Amount("refunded") == 14_000)).Json;
        payment.Amount("left").ShouldBe(700);
    }

    [Fact]
    public async Task A_repeated_request_refunds_once()
    {
        var paid = await api.Captured();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => paid.Refund(new { amount = Eur(100) }).Key("once").Returns(201)));
        answers.Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
        (await paid.PaymentThatIs("partially_refunded")).Json.Amount("refunded").ShouldBe(100);
    }

    [Fact]
    public async Task Goods_that_come_back_are_worth_what_they_cost_and_are_on_the_shelf_again()
    {
        var paid = await api.Collected();
        (await paid.Shop.Stock(paid.Order.Variant)).ShouldBe((7, 0, 7));
        await paid.Refund(Goods(4)).Refused(422, "refunds_too_much");
        await paid.Refund(Goods(1, line: 2)).Refused(422, "line_unknown");
        (await paid.Refund(Goods(1)).Returns(201)).Json.Amount("amount").ShouldBe(4_900);
        (await paid.Shop.Stock(paid.Order.Variant)).ShouldBe((8, 0, 8));
        (await paid.Refund(Goods(1, restock: false)).Returns(201)).Json.Amount("amount").ShouldBe(4_900);
        (await paid.Shop.Stock(paid.Order.Variant)).ShouldBe((8, 0, 8));
        (await paid.Refund(Goods(2)).Refused(422, "refunds_too_much")).Json.GetProperty("left").GetDecimal().ShouldBe(1);

        var open = await api.Captured();
        await open.Refund(Goods(1)).Refused(409, "goods_not_handed_over");
        await open.Refund(new { lines = new[] { new { line_no = 1, quantity = 1 }, new { line_no = 1, quantity = 1 } } }).Returns(400);

        static object Goods(decimal quantity, int line = 1, bool restock = true) => new { lines = new[] { new { line_no = line, quantity, restock } } };
    }

    [Fact]
    public async Task A_refund_that_the_provider_refuses_can_be_asked_for_again()
    {
        var paid = await api.Captured();
        var refused = await paid.Refund(new { amount = Eur(13) }).Returns(201); // the simulated provider refuses just that
        var failed = (await paid.Staff.Get($"~{refused.Header("Location")}").Until(answer => answer.Json.Text("status") == "failed")).Json;
        failed.Text("failure_reason").ShouldBe("refused");
        (await paid.Payment()).Json.Amount("left").ShouldBe(14_700);
        (await paid.Shop.Sold(paid.Order)).PaymentStatus.ShouldBe("paid");
        (await paid.Staff.Get("/events?types=payment.refund_failed,order.refund_failed").Returns(200)).Data.Length.ShouldBe(2);
        await paid.Refund(new { }).Returns(201);
    }

    [Fact]
    public async Task What_was_taken_for_an_order_that_is_given_up_goes_back_by_itself()
    {
        var paid = await api.Captured();
        await paid.Refund(new { amount = Eur(700) }).Returns(201);
        await paid.Staff.Post($"{paid.Order.Path}/cancel", new { reason = "Oven broken" }).Returns(204);

        var payment = (await paid.PaymentThatIs("refunded")).Json;
        payment.GetProperty("refunds").EnumerateArray().Select(refund => (refund.Amount("amount"), refund.GetProperty("automatic").GetBoolean())).ShouldBe([(700, false), (14_000, true)]);
        (await paid.Shop.Sold(paid.Order)).ShouldBe(("canceled", "refunded"));
        (await paid.Shop.Stock(paid.Order.Variant)).ShouldBe((10, 0, 10));
    }

    [Fact]
    public async Task While_a_payment_is_disputed_nothing_is_refunded()
    {
        var paid = await api.Captured();
        await Dispute(null).Returns(204);
        (await paid.PaymentThatIs("disputed")).Json.GetProperty("disputes")[0].Text("reason").ShouldBe("fraudulent");
        await paid.Refund(new { }).Refused(409, "payment_disputed");
        await Dispute(false).Returns(204);
        await Dispute(false).Returns(204);
        (await paid.PaymentThatIs("refunded")).Json.Amount("left").ShouldBe(0);
        (await paid.Shop.Sold(paid.Order)).PaymentStatus.ShouldBe("refunded");

        ApiRequest Dispute(bool? won) => paid.Staff.Post($"/sandbox/payments/{paid.Order.Id}/dispute", new { won });
    }

    [Fact]
    public async Task Payments_are_listed_the_newest_first()
    {
        var first = await api.Captured();
        await first.Shop.Advance("PT1M");
        var second = await api.Authorized(first.Shop);
        (await List("")).ShouldBe([second.Order.Id, first.Order.Id]);
        (await List("?status=completed")).ShouldBe([first.Order.Id]);
        (await List($"?order_id={second.Order.Id}")).ShouldBe([second.Order.Id]);
        (await List("?provider=stripe")).ShouldBeEmpty();
        var page = (await first.Staff.Get("/business/payments?limit=1").Returns(200)).Json;
        (await List($"?limit=1&cursor={page.Text("next_cursor")}")).ShouldBe([first.Order.Id]);
        var at = (await first.Payment()).Json.GetProperty("created_at").GetDateTimeOffset().UtcDateTime.ToString("O");
        (await List($"?created_before={at}")).ShouldBeEmpty();
        (await List($"?created_after={at}")).Length.ShouldBe(2);

        async Task<Guid[]> List(string query) =>
            [.. (await first.Staff.Get($"/business/payments{query}").Returns(200)).Data.Select(payment => payment.GetProperty("order_id").GetGuid())];
    }

    [Fact]
    public async Task It_takes_the_PIN_and_the_permission()
    {
        var paid = await api.Captured();
        await (await api.NewMember(paid.Shop, Role.Manager)).Post($"{paid.Path}/refunds", new { }).Refused(403, "step_up_required");
        await (await api.NewMember(paid.Shop, Role.Cashier)).Post($"{paid.Path}/refunds", new { }).Refused(403, "missing_permission");
        await (await api.NewKey(paid.Shop, "payments:refund")).Program.Post($"{paid.Path}/refunds", new { amount = Eur(100) }).Returns(201);
        await paid.Staff.Get($"/business/payments/{Guid.NewGuid()}").Refused(404, "not_found");
        await paid.Staff.Post($"/business/payments/{Guid.NewGuid()}/refunds", new { }).Refused(404, "not_found");
    }
}
