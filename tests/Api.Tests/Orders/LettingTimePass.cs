using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

public sealed class LettingTimePass(ApiFixture api)
{
    [Fact]
    public async Task An_order_that_nobody_answers_is_rejected()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var lamp = await acme.Sell();
        await acme.Owner.Patch("/business/settings", new { acceptance_minutes = 5 }).Returns(204);
        var (answered, ignored) = (await api.Buy(acme, lamp), await api.Buy(acme, lamp, 2));
        await acme.Owner.Post($"{answered.Path}/confirm").Returns(204);
        (await acme.Advance("PT4M59S")).Ran().ShouldBeEmpty();
        (await acme.Sold(ignored)).Status.ShouldBe("pending");

        (await acme.Advance("PT1S")).Ran().ShouldBe(["order.accept_timeout", "order.accept_timeout", "payment.release"]);
        (await acme.Sold(ignored)).ShouldBe(("rejected", "voided"));
        (await acme.Sold(answered)).Status.ShouldBe("confirmed");
        (await acme.Stock(lamp)).ShouldBe((10, 1, 9));
        (await acme.Owner.Post($"{ignored.Path}/confirm").Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_orders_are_confirmed_as_they_come_nobody_has_to_answer()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var lamp = await acme.Sell();
        await acme.Owner.Patch("/business/settings", new { auto_confirm = true }).Returns(204);
        var (cash, card) = (await api.Buy(acme, lamp), await api.Buy(acme, new Basket(new BasketLine(lamp)) { PaymentMethod = "card" }));
        var confirmed = (await acme.Owner.Get(cash.Path).Returns(200)).Json;
        confirmed.Text("status").ShouldBe("confirmed");
        confirmed.TryGetProperty("accept_by", out _).ShouldBeFalse();
        confirmed.GetProperty("promised_at").GetDateTimeOffset().ShouldBe(confirmed.GetProperty("created_at").GetDateTimeOffset().AddMinutes(20));

        (await acme.Sold(card)).Status.ShouldBe("awaiting_payment");
        await acme.Owner.Post($"/sandbox/payments/{card.Id}/authorize").Returns(204);
        (await acme.Sold(card)).ShouldBe(("confirmed", "authorized"));
        (await acme.Advance("P1D")).Ran().ShouldNotContain("order.accept_timeout");
        (await acme.Sold(card)).Status.ShouldBe("confirmed");
        (await acme.Sold(cash)).Status.ShouldBe("confirmed");
    }

    [Fact]
    public async Task An_order_for_later_is_answered_when_the_shop_opens()
    {
        var acme = await api.NewBusiness("acme", mode: "test", timezone: "UTC");
        var lamp = await acme.Sell();
        var now = (await acme.Owner.Get($"/test-clocks/{acme.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        var opens = new DateTimeOffset(now.UtcDateTime.Date.AddDays(2).AddHours(9), TimeSpan.Zero);
        var day = opens.DayOfWeek.ToString().ToLowerInvariant();
        await acme.Owner.Patch("/business/storefront", new { opening_hours = new[] { new { day, opens = "09:00", closes = "18:00" } } }).Returns(204);

        var order = await api.Buy(acme, new Basket(new BasketLine(lamp)) { ScheduledFor = opens.AddHours(3) });
        (await acme.Owner.Get(order.Path).Returns(200)).Json.GetProperty("accept_by").GetDateTimeOffset().ShouldBe(opens.AddMinutes(10));
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        (await acme.Owner.Get(order.Path).Returns(200)).Json.GetProperty("promised_at").GetDateTimeOffset().ShouldBe(opens.AddHours(3));
    }

    [Fact]
    public async Task A_day_after_it_was_collected_it_is_completed()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var order = await api.Buy(acme, await acme.Sell());
        foreach (var (step, body) in new (string, object?)[] { ("confirm", null), ("ready", null), ("collect", new { cash_collected = Eur(order.Total) }) })
        {
            await acme.Owner.Post($"{order.Path}/{step}", body).Returns(204);
        }

        (await acme.Advance("PT23H59M")).Ran().ShouldBe(["order.accept_timeout"]);
        (await acme.Sold(order)).Status.ShouldBe("delivered");
        (await acme.Advance("PT1M")).Ran().ShouldBe(["order.close", "loyalty.settle_order"]);
        (await acme.Sold(order)).Status.ShouldBe("completed");
    }
}
