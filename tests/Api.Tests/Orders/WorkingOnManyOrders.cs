using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>Steps of many orders in one call: each is taken or rejected by itself (requirements 9.13).</summary>
public sealed class WorkingOnManyOrders(ApiFixture api)
{
    private const string Batch = "/business/orders:batch";

    [Fact]
    public async Task What_cannot_be_done_stands_in_nobody_s_way()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, desk) = (await acme.Sell(), await acme.Sell("Desk"));
        var (first, second, third) = (await api.Buy(acme, lamp, 2), await api.Buy(acme, lamp, 3), await api.Buy(acme, desk));
        var theirs = await Theirs();

        var sent = new object[]
        {
            new { order_id = first.Id, status = "confirmed" },
            new { order_id = second.Id, status = "delivered" }, // it is not ready
            new { order_id = theirs.Id, status = "confirmed" },
            new { order_id = second.Id, status = "rejected" }, // and why?
            new { order_id = second.Id, status = "rejected", reason = "Sold out" },
            new { order_id = third.Id, status = "confirmed", version = 7 },
            new { order_id = first.Id, status = "ready", version = 2 },
            new { order_id = first.Id, status = "delivered", cash_collected = Eur(1) },
            new { order_id = first.Id, status = "delivered", cash_collected = Eur(first.Total) },
        };
        var answer = await acme.Owner.Post(Batch, new { items = sent }).Returns(200);
        answer.Header("Event-Position").ShouldNotBeNull();
        answer.Json.List("items").Select(Said).ShouldBe(
        [
            "changed 2", "rejected illegal_transition", "rejected not_found", "rejected validation_failed", "changed 2", "rejected stale_version", "changed 3",
            "rejected cash_mismatch", "changed 4",
        ]);
        answer.Json.List("items").Select(item => item.OptionalGuid("order_id")).ShouldBe([first.Id, null, null, null, second.Id, null, first.Id, null, first.Id]);
        answer.Json.List("items")[3].GetProperty("error").Text("pointer").ShouldBe("/reason");

        (await acme.Sold(first)).ShouldBe(("delivered", "paid"));
        (await acme.Sold(second)).Status.ShouldBe("rejected");
        (await acme.Sold(third)).Status.ShouldBe("pending");
        (await acme.Stock(lamp)).ShouldBe((8, 0, 8));

        // sent again, nothing happens but what can happen now
        var again = await acme.Owner.Post(Batch, new { items = sent }).Returns(200);
        again.Json.List("items").Select(Said).ShouldBe(
        [
            "rejected illegal_transition", "rejected illegal_transition", "rejected not_found", "rejected validation_failed", "unchanged 2", "rejected stale_version",
            "rejected stale_version", "unchanged 4", "unchanged 4",
        ]);
        (await acme.Stock(lamp)).ShouldBe((8, 0, 8));
    }

    [Fact]
    public async Task An_id_of_something_else_is_no_order_s()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        var order = await api.Buy(acme, lamp);
        Guid[] ids = [order.Id, lamp, acme.Id, Guid.CreateVersion7()];
        var answer = await acme.Owner.Post(Batch, new { items = ids.Select(id => new { order_id = id, status = "confirmed" }) }).Returns(200);
        answer.Json.List("items").Select(Said).ShouldBe(["changed 2", "rejected not_found", "rejected not_found", "rejected not_found"]);
    }

    [Fact]
    public async Task A_dry_run_does_none_of_them()
    {
        var acme = await api.NewBusiness("acme");
        var order = await api.Buy(acme, await acme.Sell());
        await acme.Owner.Post(Batch, new { items = new[] { new { order_id = order.Id, status = "confirmed" } } }).With("Prefer", "handling=dry-run").Returns(200);
        (await acme.Sold(order)).Status.ShouldBe("pending");
    }

    [Fact]
    public async Task At_most_five_hundred()
    {
        var acme = await api.NewBusiness("acme");
        var order = await api.Buy(acme, await acme.Sell());
        var all = await acme.Owner.Post(Batch, new { items = Enumerable.Repeat(new { order_id = order.Id, status = "confirmed" }, 500) }).Returns(200);
        all.Json.List("items").Count(item => item.Text("outcome") == "unchanged").ShouldBe(499);
        (await acme.Owner.Post(Batch, new { items = Enumerable.Repeat(new { order_id = order.Id, status = "confirmed" }, 501) }).Refused(400, "validation_failed")).Faults.Single().ShouldStartWith("/items ");
        await acme.Owner.Post(Batch, new { items = Array.Empty<object>() }).Refused(400, "validation_failed");
        await acme.Owner.Post(Batch, new { items = new[] { new { order_id = order.Id, status = "eaten" } } }).Refused(400, "invalid_json");
    }

    private static string Said(System.Text.Json.JsonElement item) =>
        $"{item.Text("outcome")} {(item.TryGetProperty("error", out var error) ? error.Text("code") : item.Text("version"))}";

    private async Task<TestOrder> Theirs()
    {
        var globex = await api.NewBusiness("globex");
        return await api.Buy(globex, await globex.Sell());
    }
}
