using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Messages;

public sealed class SteeringScheduledMessages(ApiFixture api)
{
    private const string Messages = "/scheduled-messages";

    [Fact]
    public async Task What_is_to_happen_with_an_order_is_listed_in_the_time_of_the_business()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var lamp = await acme.Sell();
        var (first, second) = (await Placed(acme, lamp), await Placed(acme, lamp));

        var message = (await Of(acme, first)).ShouldHaveSingleItem();
        (message.Text("type"), message.Text("queue"), message.Text("status")).ShouldBe(("order.accept_timeout", "default", "scheduled"));
        message.GetProperty("due_at").GetDateTimeOffset().ShouldBe((await acme.Owner.Get(first.Path).Returns(200)).Json.GetProperty("accept_by").GetDateTimeOffset());
        (message.GetProperty("subject").Text("type"), message.GetProperty("subject").GetProperty("id").GetGuid()).ShouldBe(("order", first.Id));
        message.TryGetProperty("body", out _).ShouldBeFalse();
        var id = message.GetProperty("id").GetGuid();
        (await acme.Owner.Get($"{Messages}/{id}").Returns(200)).Text.ShouldBe(message.GetRawText());
        await acme.Owner.Get($"{Messages}/{Guid.NewGuid()}").Refused(404, "not_found");

        var page = await acme.Owner.Get($"{Messages}?type=order.accept_timeout&limit=1").Returns(200);
        var next = await acme.Owner.Get($"{Messages}?type=order.accept_timeout&limit=1&cursor={page.Json.Text("next_cursor")}").Returns(200);
        page.Data.Concat(next.Data).Select(Subject).ShouldBe([first.Id, second.Id], ignoreOrder: true);
        next.Json.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        (await acme.Owner.Get($"{Messages}?queue=payments").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_canceled_deadline_passes_without_effect()
    {
        var (acme, globex) = (await api.NewBusiness("acme", mode: "test"), await api.NewBusiness("globex", mode: "test"));
        var order = await Placed(acme, await acme.Sell());
        var id = (await Of(acme, order)).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        await globex.Owner.Post($"{Messages}/{id}/cancel").Refused(404, "not_found");
        await globex.Owner.Post($"{Messages}/{id}/run").Refused(404, "not_found");
        await (await api.NewMember(acme, Role.Manager)).Post($"{Messages}/{id}/cancel").Refused(403, "missing_permission");

        await acme.Owner.Post($"{Messages}/{id}/cancel").Returns(204);

        (await acme.Advance("P1D")).Ran().ShouldBeEmpty();
        (await acme.Sold(order)).Status.ShouldBe("pending");
        (await acme.Owner.Post($"{Messages}/{id}/cancel").Refused(409, "illegal_transition")).Json.Text("current_status").ShouldBe("canceled");
        (await acme.Owner.Get("/business/dead-letters?status=canceled").Returns(200)).Data.ShouldHaveSingleItem()
            .GetProperty("closed_by").GetProperty("id").GetGuid().ShouldBe(acme.User.Id);
    }

    [Fact]
    public async Task What_is_run_now_has_its_effect_now()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var order = await Placed(acme, await acme.Sell());
        foreach (var (step, body) in new (string, object?)[] { ("confirm", null), ("ready", null), ("collect", new { cash_collected = Eur(order.Total) }) })
        {
            await acme.Owner.Post($"{order.Path}/{step}", body).Returns(204);
        }

        var close = (await Of(acme, order)).Single(message => message.Text("type") == "order.close");
        await acme.Owner.Post($"{Messages}/{close.GetProperty("id").GetGuid()}/run").Returns(204);
        await acme.Owner.Get(order.Path).Until(answer => answer.Json.Text("status") == "completed");
        await acme.Owner.Post($"{Messages}/{Guid.NewGuid()}/run").Refused(404, "not_found");
    }

    [Fact]
    public async Task A_deadline_that_is_run_too_early_still_holds_at_its_time()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var order = await Placed(acme, await acme.Sell());
        await acme.Owner.Post($"{Messages}/{(await Of(acme, order)).Single().GetProperty("id").GetGuid()}/run").Returns(204);
        (await acme.Advance("P1D")).Ran().ShouldContain("order.accept_timeout");
        (await acme.Sold(order)).Status.ShouldBe("rejected");
    }

    [Fact]
    public async Task A_message_stands_between_the_event_that_caused_it_and_those_it_causes()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var order = await Placed(acme, await acme.Sell());
        var message = (await Of(acme, order)).Single();
        await acme.Advance("P1D");

        var chain = (await acme.Owner.Get($"/events?correlation_id={message.GetProperty("correlation_id").GetGuid()}").Returns(200)).Data.ToArray();
        var placed = chain.Single(e => e.Text("type") == "order.placed");
        message.GetProperty("causation_id").GetGuid().ShouldBe(placed.GetProperty("id").GetGuid());
        chain.Single(e => e.Text("type") == "order.rejected").GetProperty("causation_id").GetGuid().ShouldBe(message.GetProperty("id").GetGuid());
    }

    /// <summary>An order that the owner's session has seen.</summary>
    private async Task<TestOrder> Placed(TestBusiness business, Guid variant)
    {
        var order = await api.Buy(business, variant);
        await business.Owner.Post("/business/categories", new { name = order.Number }).Returns(201);
        return order;
    }

    private static async Task<JsonElement[]> Of(TestBusiness business, TestOrder order) =>
        [.. (await business.Owner.Get($"{Messages}?subject={order.Id}").Returns(200)).Data];

    private static Guid Subject(JsonElement message) => message.GetProperty("subject").GetProperty("id").GetGuid();
}
