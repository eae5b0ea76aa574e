using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Payments;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Application.Payouts;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Payouts;

/// <summary>From what customers pay to what the business is paid (PAY-04 to PAY-07).</summary>
public sealed class PayingABusiness(ApiFixture api)
{
    [Fact]
    public async Task A_week_of_cards_refunds_and_cash_adds_up()
    {
        var paid = await api.NewPaidShop();
        var (shop, owner) = (paid.Shop, paid.Owner);
        await paid.Finance.Put($"/admin/businesses/{shop.Id}/payout-terms", new { rate = new { basis_points = 250, @fixed = new[] { Eur(25) } } }).Returns(204);
        (await owner.Get("/business/payout-terms").Returns(200)).Json.GetProperty("rate").GetProperty("basis_points").GetInt32().ShouldBe(250);

        var card = await api.Captured(shop); // 147.00: a fee of 3.68 and 0.25
        await card.Refund(new { amount = Eur(4_700) }).Returns(201); // 1.26 of it go back
        await card.PaymentThatIs("partially_refunded");
        var lamp = await shop.Sell();
        var cash = await api.Buy(shop, lamp); // 49.00: 1.23 and 0.25
        foreach (var (step, body) in new (string, object?)[] { ("confirm", null), ("ready", null), ("collect", new { cash_collected = Eur(cash.Total) }) })
        {
            await owner.Post($"{cash.Path}/{step}", body).Returns(204);
        }

        await (await shop.NewTill()).RingUp(lamp, 1, PosStarters.Cash(4_900)).Returns(201); // the same
        var (id, _) = await paid.Payout("accruing");
        var statement = (await paid.Statement(id, lines: 6)).Json;
        Lines(statement).ShouldBe(
            [("payment", 14_700), ("fee", -393), ("refund", -4_700), ("fee_reversal", 126), ("fee", -148), ("fee", -148)], ignoreOrder: true);
        const long owed = 14_700 - 393 - 4_700 + 126 - 148 - 148;
        (statement.Amount("opening"), statement.Amount("closing")).ShouldBe((0, owed));

        (await shop.Advance("P7D")).Ran().ShouldContain("payout.close");
        var (pending, listed) = await paid.Payout("pending");
        pending.ShouldBe(id);
        var payout = listed.Data[0];
        (payout.Amount("gross"), payout.Amount("refunds"), payout.Amount("platform_fees"), payout.Amount("net"), payout.GetProperty("lines").GetInt32())
            .ShouldBe((14_700, 4_700, 563, owed, 6));
        (await paid.Statement(id, lines: 6)).Json.Amount("closing").ShouldBe(owed);
        var csv = (await owner.Get($"/business/payouts/{id}/statement").With("Accept", "text/csv").Returns(200)).Text.Trim().Split('\n');
        csv.Length.ShouldBe(1 + 1 + 6 + 1);
        csv[^1].ShouldContain($"closing,,,{owed},{owed},EUR");

        var today = DateOnly.FromDateTime((await owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset().UtcDateTime);
        var summary = (await owner.Get($"/financial-summary?from={today.AddDays(-30):yyyy-MM-dd}&to={today.AddDays(2):yyyy-MM-dd}").Returns(200)).Json.GetProperty("currencies")[0];
        (summary.Amount("gross"), summary.Amount("refunds"), summary.Amount("fees"), summary.Amount("net")).ShouldBe((24_500, 4_700, 563, 19_237));
        summary.GetProperty("by_method").EnumerateArray().Select(row => (row.Text("source"), row.Text("method"), row.Amount("gross"), row.Amount("refunds")))
            .ShouldBe([("card_payment", "card", 14_700, 4_700), ("cash_order", "cash", 4_900, 0), ("till_sale", "cash", 4_900, 0)], ignoreOrder: true);
        (await owner.Get($"/financial-summary?from={today.AddDays(3):yyyy-MM-dd}&to={today.AddDays(3):yyyy-MM-dd}").Returns(200)).Json.GetProperty("currencies").GetArrayLength().ShouldBe(0);
        await owner.Get("/financial-summary?from=2026-02-02&to=2026-02-01").Refused(400, "period_invalid");

        await paid.Finance.Get($"/admin/payouts?business_id={shop.Id}&status=pending").Until(answer => answer.Data.Length == 1);
        var fees = (await paid.Finance.Get($"/admin/platform-fees?business_id={shop.Id}").Returns(200)).Json;
        fees.GetProperty("totals")[0].GetProperty("amount").GetInt64().ShouldBe(563);
        fees.GetProperty("data")[0].Amount("gross").ShouldBe(14_700);
    }

    [Fact]
    public async Task Held_failed_tried_again_paid_and_come_back()
    {
        var paid = await api.NewPaidShop();
        await api.Captured(paid.Shop);
        var (id, _) = await paid.Payout("accruing");
        await paid.Queued(id);
        await paid.Step(id, "process").Refused(409, "illegal_transition");
        await paid.Shop.Advance("P7D");
        await paid.Step(id, "adjust", new { amount = Eur(13), reason = "Courtesy" }).Returns(204); // the simulated provider refuses what ends in 13
        await paid.Step(id, "approve").Returns(204);
        await paid.Step(id, "hold", new { reason = "Looks odd" }).Returns(204);
        (await paid.Step(id, "process").Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBe(["release", "adjust"]);
        await paid.Step(id, "release").Returns(204);

        await (await api.NewMember(TenantId.Platform, Role.PlatformFinance)).Post($"/admin/payouts/{id}/process").Refused(403, "step_up_required");
        await (await api.NewMember(TenantId.Platform, Role.PlatformSupport)).Get("/admin/payouts").Refused(403, "missing_permission");
        await paid.Owner.Post($"/admin/payouts/{id}/process").Returns(403);
        await paid.Step(id, "process").Returns(204);
        (await paid.ThatIs(id, "failed")).Json.Text("failure_reason").ShouldBe("refused");
        await paid.Step(id, "adjust", new { amount = Eur(-14_713), reason = "All" }).Refused(422, "adjustment_exceeds_net");
        await paid.Step(id, "adjust", new { amount = Eur(-13), reason = "Courtesy withdrawn" }).Returns(204);
        await paid.Step(id, "retry").Returns(204);
        var done = (await paid.ThatIs(id, "paid")).Json;
        (done.Amount("net"), done.Text("reference"), done.GetProperty("attempts").GetInt32()).ShouldBe((14_700, $"sandbox_{id}/2", 2));
        await paid.Step(id, "process").Returns(204);
        await paid.Step(id, "paid", new { reference = "SEPA 1" }).Refused(409, "payout_not_by_hand");
        Lines((await paid.Statement(id, lines: 3)).Json).ShouldBe([("payment", 14_700), ("adjustment", 13), ("adjustment", -13)]);

        await paid.Step(id, "reverse", new { reason = "Account closed" }).Returns(204);
        await paid.ThatIs(id, "reversed");
        var (next, _) = await paid.Payout("accruing");
        next.ShouldNotBe(id);
        var statement = (await paid.Statement(next, lines: 1)).Json;
        Lines(statement).ShouldBe([("payout_reversed", 14_700)]);
        statement.Amount("closing").ShouldBe(14_700);
        (await paid.Owner.Get("/events?types=payout.*&limit=100").Returns(200)).Data.Select(e => e.Text("type")).ShouldBe(
            [
                "payout.opened", "payout.calculated", "payout.adjusted", "payout.approved", "payout.held", "payout.hold_released", "payout.processing", "payout.failed", "payout.adjusted",
                "payout.processing", "payout.paid", "payout.reversed", "payout.opened",
            ]);
    }

    [Fact]
    public async Task Fees_of_money_that_the_business_has_are_carried_over_until_there_is_some()
    {
        var paid = await api.NewPaidShop();
        await paid.Finance.Put($"/admin/businesses/{paid.Shop.Id}/payout-terms", new { rate = new { basis_points = 1_000 }, auto_approve = true }).Returns(204);
        await (await paid.Shop.NewTill()).RingUp(await paid.Shop.Sell(), 1, PosStarters.Cash(4_900)).Returns(201);
        var (first, _) = await paid.Payout("accruing");
        await paid.Shop.Advance("P7D");
        (await paid.Payout("carried_over")).Answer.Data[0].Amount("carried_over").ShouldBe(-490);
        await paid.Queued(first);
        await paid.Step(first, "process").Refused(409, "illegal_transition");

        await api.Captured(paid.Shop); // 147.00 without 14.70
        var (second, _) = await paid.Payout("accruing");
        (await paid.Statement(second, lines: 2)).Json.Amount("opening").ShouldBe(-490);
        await paid.Shop.Advance("P7D");
        var (approved, answer) = await paid.Payout("approved");
        approved.ShouldBe(second);
        answer.Data[0].Amount("net").ShouldBe(14_700 - 1_470 - 490);
    }

    [Fact]
    public async Task Of_many_who_close_and_process_a_period_at_once_one_does()
    {
        var paid = await api.NewPaidShop();
        var business = new TenantId(paid.Shop.Id);
        await api.Captured(paid.Shop);
        for (var round = 0; round < Races.Rounds; round++)
        {
            var (id, _) = await paid.Payout("accruing");
            await Task.WhenAll(
                Enumerable.Range(0, 100).Select(_ => (Task)api.In(business, services => services.GetRequiredService<IMediator>().Send(new ClosePayout(new(id))))).Append(paid.Shop.Advance("P7D")));
            await paid.Payout("pending");
            await paid.Queued(id);
            await paid.Step(id, "approve").Returns(204);
            var answers = await Races.OfAHundred(() => paid.Step(id, "process"));
            answers.ShouldAllBe(answer => answer.Status == 204);
            var done = (await paid.ThatIs(id, "paid")).Json;
            (done.GetProperty("attempts").GetInt32(), done.Amount("net")).ShouldBe((1, 14_700));
            await paid.Step(id, "reverse", new { reason = "Again" }).Returns(204); // so it is owed in the next period
        }

        (await paid.Owner.Get("/events?types=payout.calculated&limit=100").Returns(200)).Data.Length.ShouldBe(Races.Rounds);
        (await paid.Owner.Get("/events?types=payout.processing&limit=100").Returns(200)).Data.Length.ShouldBe(Races.Rounds);
        (await paid.Owner.Get("/events?types=payout.paid&limit=100").Returns(200)).Data.Length.ShouldBe(Races.Rounds);
    }

    private static (string?, long)[] Lines(System.Text.Json.JsonElement statement) =>
        [.. statement.GetProperty("lines").EnumerateArray().Select(line => (line.Text("kind"), (long)line.Amount("amount")))];
}
