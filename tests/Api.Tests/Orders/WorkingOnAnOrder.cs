using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

public sealed class WorkingOnAnOrder(ApiFixture api)
{
    [Fact]
    public async Task From_the_confirmation_to_the_end()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        var order = await api.Buy(acme, lamp, 2);
        (await acme.Owner.Post($"{order.Path}/confirm", new { promised_at = "2020-01-01T00:00:00Z" }).Refused(422, "in_the_past")).Json.Text("field").ShouldBe("promised_at");
        await Step("confirm", "v2");
        await Step("start-preparation", "v3");
        await Step("ready", "v4");
        (await acme.Stock(lamp)).ShouldBe((10, 2, 8));

        foreach (var wrong in new object?[] { null, new { cash_collected = Eur(9799) }, new { cash_collected = Eur(0) } })
        {
            (await acme.Owner.Post($"{order.Path}/collect", wrong).Refused(422, "cash_mismatch")).Json.Amount("due").ShouldBe(order.Total);
        }

        await Step("collect", "v5", new { cash_collected = Eur(order.Total) });
        (await acme.Sold(order)).ShouldBe(("delivered", "paid"));
        (await acme.Stock(lamp)).ShouldBe((8, 0, 8));
        await Step("complete", "v6");

        var done = (await acme.Owner.Get(order.Path).Returns(200)).Json;
        done.GetProperty("timeline").EnumerateArray().Select(step => step.Text("status")).ShouldBe(["pending", "confirmed", "preparing", "ready", "delivered", "completed"]);
        done.GetProperty("allowed_transitions").GetArrayLength().ShouldBe(0);
        (await acme.Owner.Get($"/history/orders/{order.Id}").Returns(200)).Data.Select(entry => entry.GetProperty("actor").Text("type"))
            .ShouldBe(["guest", "user", "user", "user", "user", "user"]);

        // said twice, done once
        async Task Step(string step, string version, object? body = null)
        {
            for (var i = 0; i < 2; i++)
            {
                (await acme.Owner.Post($"{order.Path}/{step}", body).Returns(204)).ETag.ShouldBe($"\"{version}\"");
            }
        }
    }

    [Fact]
    public async Task By_the_status_to_reach()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        var order = await api.Buy(acme, lamp);
        await acme.Owner.Patch(order.Path, new { status = "delivered" }).Refused(409, "illegal_transition");
        await acme.Owner.Patch(order.Path, new { status = "out_for_delivery" }).Refused(409, "illegal_transition");
        (await acme.Owner.Patch(order.Path, new { status = "rejected" }).Refused(400, "validation_failed")).Faults.ShouldBe(["/reason not_empty"]);
        foreach (var body in new object[]
        {
            new { status = "pending" }, new { status = "confirmed" }, new { status = "preparing" }, new { status = "ready" },
            new { status = "delivered", cash_collected = Eur(order.Total) }, new { status = "completed" },
        })
        {
            await acme.Owner.Patch(order.Path, body).Returns(204);
        }

        (await acme.Sold(order)).ShouldBe(("completed", "paid"));
        (await acme.Stock(lamp)).ShouldBe((9, 0, 9));
    }

    [Fact]
    public async Task What_is_rejected_or_canceled_can_be_sold_again()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        var (rejected, canceled) = (await api.Buy(acme, lamp, 4), await api.Buy(acme, lamp, 6));
        (await acme.Owner.Post($"{rejected.Path}/reject", new { reason = " " }).Refused(400, "validation_failed")).Faults.ShouldBe(["/reason not_empty"]);
        await acme.Owner.Post($"{rejected.Path}/reject", new { reason = "Broken" }).Returns(204);
        (await acme.Sold(rejected)).ShouldBe(("rejected", "voided"));
        (await acme.Stock(lamp)).ShouldBe((10, 6, 4));

        await acme.Owner.Post($"{canceled.Path}/confirm").Returns(204);
        await acme.Owner.Post($"{canceled.Path}/ready").Returns(204);
        await acme.Owner.Post($"{canceled.Path}/cancel", new { reason = "Customer called" }).Returns(204);
        var order = (await acme.Owner.Get(canceled.Path).Returns(200)).Json;
        (order.Text("status"), order.Text("canceled_by"), order.Text("reason")).ShouldBe(("canceled", "business", "Customer called"));
        (await acme.Stock(lamp)).ShouldBe((10, 0, 10));
        await api.Buy(acme, lamp, 10);
    }

    [Fact]
    public async Task Steps_that_are_not_possible_name_those_that_are()
    {
        var acme = await api.NewBusiness("acme");
        var order = await api.Buy(acme, await acme.Sell());
        await Impossible(["confirm", "reject", "amend", "cancel"], "start-preparation", "ready", "collect", "complete", "return", "redeliver");
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        await Impossible(["start_preparation", "ready", "amend", "cancel"], "reject", "collect", "complete", "return");
        await acme.Owner.Post($"{order.Path}/ready").Returns(204);
        await Impossible(["collect", "cancel"], "confirm", "start-preparation", "complete", "redeliver");
        await acme.Owner.Post($"{order.Path}/collect", new { cash_collected = Eur(order.Total) }).Returns(204);
        await Impossible(["complete"], "confirm", "ready", "cancel", "return");
        (await acme.Sold(order)).Status.ShouldBe("delivered");

        async Task Impossible(string[] possible, params string[] steps)
        {
            foreach (var step in steps)
            {
                var reason = step is "reject" or "cancel" ? new { reason = "Never" } : null;
                (await acme.Owner.Post($"{order.Path}/{step}", reason).Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBe(possible);
            }
        }
    }

    [Fact]
    public async Task Who_saw_an_older_order_is_told()
    {
        var acme = await api.NewBusiness("acme");
        var order = await api.Buy(acme, await acme.Sell());
        var seen = (await acme.Owner.Get(order.Path).Returns(200)).ETag!;
        await acme.Owner.Post($"{order.Path}/confirm").IfMatch(seen).Returns(204);
        await acme.Owner.Post($"{order.Path}/ready").IfMatch(seen).Refused(412, "stale_version");
        await acme.Owner.Post($"{order.Path}/cancel", new { reason = "Sold out" }).IfMatch(seen).Refused(412, "stale_version");
        await acme.Owner.Patch(order.Path, new { status = "ready" }).IfMatch(seen).Refused(412, "stale_version");
        await acme.Owner.Post($"{order.Path}/ready").IfMatch("\"v2\"").Returns(204);
    }

    [Fact]
    public async Task Of_those_who_answer_at_once_one_is_heard()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        for (var round = 0; round < 5; round++)
        {
            var order = await api.Buy(acme, lamp);
            var answers = await Task.WhenAll(
                acme.Owner.Post($"{order.Path}/confirm").Send(),
                acme.Owner.Post($"{order.Path}/reject", new { reason = "Sold out" }).Send(),
                api.Guest.Post(order.GuestPath("/cancel")).Send());

            answers.Count(answer => answer.Status == 204).ShouldBe(1);
            answers.Count(answer => answer.Status == 409).ShouldBe(2);
            await acme.Owner.Post($"{order.Path}/cancel", new { reason = "Over" }).Send();
            (await acme.Stock(lamp)).ShouldBe((10, 0, 10));
        }
    }

    [Fact]
    public async Task Others_do_not_get_there()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var order = await api.Buy(acme, await acme.Sell());
        await globex.Owner.Get(order.Path).Refused(404, "not_found");
        await globex.Owner.Post($"{order.Path}/confirm").Refused(404, "not_found");
        await globex.Owner.Post($"{order.Path}/cancel", new { reason = "Theirs" }).Refused(404, "not_found");
        await (await api.NewMember(acme, Role.Marketer)).Post($"{order.Path}/confirm").Refused(403, "missing_permission");
        await (await api.NewMember(acme, Role.Staff)).Post($"{order.Path}/confirm").Returns(204);
    }
}
