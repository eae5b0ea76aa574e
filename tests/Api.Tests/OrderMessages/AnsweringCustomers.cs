using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.OrderMessages.MessageStarters;

namespace Mainstreet.Api.Tests.OrderMessages;

/// <summary>The business sees what waits for an answer (CUS-07), and notes for itself what nobody else sees.</summary>
public sealed class AnsweringCustomers(ApiFixture api)
{
    [Fact]
    public async Task What_nobody_of_the_business_has_read_is_listed()
    {
        var (shop, lamp) = await api.NewShop();
        var (first, second, quiet) = (await api.Buy(shop, lamp), await api.Buy(shop, lamp), await api.Buy(shop, lamp));
        await api.Guest.Says(first.Linked(), "business", "One").Returns(201);
        var two = await api.Guest.Says(first.Linked(), "business", "Two").Returns(201);
        await api.Guest.Says(first.Linked(), "business", "Three").Returns(201);
        await shop.Owner.Post($"{quiet.Path}/notes", new { text = "Regular." }).Returns(201);
        await shop.Advance("PT1M");
        await api.Guest.Says(second.Linked(), "business", "Four").Returns(201);

        var page = await shop.Owner.Get($"{Inbox}?limit=1").Returns(200);
        (page.Data[0].Text("order_number"), page.Data[0].Text("unread"), page.Data[0].GetProperty("last_message").Text("text")).ShouldBe((second.Number, "1", "Four"));
        var next = await shop.Owner.Get($"{Inbox}?limit=1&cursor={page.Json.Text("next_cursor")}").Returns(200);
        (next.Data[0].Text("order_id"), next.Data[0].Text("unread"), next.Json.GetProperty("has_more").GetBoolean()).ShouldBe((first.Id.ToString(), "3", false));

        await shop.Owner.Post($"{first.Messages()}/read", new { up_to = two.Id }).Returns(204);
        await shop.Owner.Post($"{first.Messages()}/read", new { up_to = two.Id }).Returns(204);
        (await shop.Owner.Get(first.Messages()).Returns(200)).Data.Select(message => (message.Text("text"), message.Has("read_at"))).ShouldBe([("Three", false), ("Two", true), ("One", true)]);
        (await api.Guest.Get(first.Linked()).Returns(200)).Data.Select(message => message.Has("read_at")).ShouldBe([false, true, true]);
        (await Unread()).ShouldBe([(second.Number, "1"), (first.Number, "1")]);
        await shop.Owner.Post($"{first.Messages()}/read").Returns(204);
        (await Unread()).ShouldBe([(second.Number, "1")]);
        await shop.Owner.Post($"{first.Messages()}/read", new { up_to = Guid.NewGuid() }).Refused(404, "not_found");
        await shop.Owner.Post($"{quiet.Messages()}/read").Returns(204);

        async Task<(string?, string?)[]> Unread() =>
            [.. (await shop.Owner.Get($"{Inbox}?unread=true").Returns(200)).Data.Select(row => (row.Text("order_number"), row.Text("unread")))];
    }

    [Fact]
    public async Task Reading_what_was_written_to_somebody_else_leaves_it_unread()
    {
        var (shop, order, dana, delivery) = await api.NewDelivery();
        await shop.Owner.Says(order.Messages(), "customer").Returns(201);
        var toDana = await shop.Owner.Says(order.Messages(), "driver").Returns(201);
        await api.Guest.Post(order.Linked("/read"), new { up_to = toDana.Id }).Refused(404, "not_found");
        await shop.Owner.Post($"{order.Messages()}/read").Returns(204);
        (await shop.Owner.Get(order.Messages()).Returns(200)).Data.ShouldAllBe(message => !message.Has("read_at"));
        (await dana.Session.Get($"/driver/deliveries/{delivery}").Returns(200)).Json.Text("unread_messages").ShouldBe("1");
        await dana.Session.Post($"{Driven(delivery)}/read", new { up_to = toDana.Id }).Returns(204);
        (await dana.Session.Get($"/driver/deliveries/{delivery}").Returns(200)).Json.Text("unread_messages").ShouldBe("0");
        await api.Guest.Post(order.Linked("/read")).Returns(204);
        (await shop.Owner.Get(order.Messages()).Returns(200)).Data.ShouldAllBe(message => message.Has("read_at"));
    }

    [Fact]
    public async Task A_long_conversation_is_read_page_by_page()
    {
        var (shop, lamp) = await api.NewShop();
        var order = await api.Buy(shop, lamp);
        foreach (var text in new[] { "1", "2", "3", "4", "5" })
        {
            await api.Guest.Says(order.Linked(), "business", text).Returns(201);
        }

        var first = await api.Guest.Get(order.Linked() + "&limit=2").Returns(200);
        await api.Guest.Says(order.Linked(), "business", "6").Returns(201);
        var second = await api.Guest.Get(order.Linked() + $"&limit=2&cursor={first.Json.Text("next_cursor")}").Returns(200);
        var third = await api.Guest.Get(order.Linked() + $"&limit=2&cursor={second.Json.Text("next_cursor")}").Returns(200);
        new[] { first, second, third }.SelectMany(page => page.Data).Select(message => message.Text("text")).ShouldBe(["5", "4", "3", "2", "1"]);
        third.Json.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        await shop.Owner.Get($"{order.Messages()}?cursor={first.Json.Text("next_cursor")}").Refused(400, "invalid_cursor");
    }

    [Fact]
    public async Task Notes_are_for_the_business_alone()
    {
        var (shop, order, dana, delivery) = await api.NewDelivery();
        var noted = await shop.Owner.Post($"{order.Path}/notes", new { text = "Complained last time." }).Key("once").Returns(201);
        (await shop.Owner.Post($"{order.Path}/notes", new { text = "Complained last time." }).Key("once").Returns(201)).Id.ShouldBe(noted.Id);
        (await shop.Owner.Post($"{order.Path}/notes", new { text = " " }).Refused(400, "note_invalid")).Faults.ShouldBe(["/text note_invalid"]);
        await shop.Owner.Post($"/business/orders/{Guid.NewGuid()}/notes", new { text = "Hm." }).Refused(404, "not_found");
        var note = (await shop.Owner.Get($"{order.Path}/notes").Returns(200)).Data.ShouldHaveSingleItem();
        (note.Text("id"), note.Text("text"), note.GetProperty("by").Text("id")).ShouldBe((noted.Id.ToString(), "Complained last time.", shop.User.Id.ToString()));
        foreach (var answer in new[]
        {
            await api.Guest.Get(order.Linked()).Returns(200), await api.Guest.Get(order.GuestPath()).Returns(200), await dana.Session.Get(Driven(delivery)).Returns(200),
            await dana.Session.Get($"/driver/deliveries/{delivery}").Returns(200), await shop.Owner.Get(order.Messages()).Returns(200),
        })
        {
            answer.Text.ShouldNotContain("Complained");
        }
    }

    [Fact]
    public async Task Only_who_may_see_orders_reads_and_who_moves_them_on_writes()
    {
        var (shop, lamp) = await api.NewShop();
        var order = await api.Buy(shop, lamp);
        var (accountant, marketer) = (await api.NewMember(shop, Role.Accountant), await api.NewMember(shop, Role.Marketer));
        await accountant.Get(order.Messages()).Returns(200);
        await accountant.Says(order.Messages(), "customer").Refused(403, "missing_permission");
        await accountant.Post($"{order.Path}/notes", new { text = "Hm." }).Refused(403, "missing_permission");
        await accountant.Post($"{order.Messages()}/read").Refused(403, "missing_permission");
        await marketer.Get(Inbox).Refused(403, "missing_permission");
        await (await api.NewMember(shop, Role.Staff)).Says(order.Messages(), "customer").Returns(201);
        var globex = await api.NewBusiness("globex");
        await globex.Owner.Get(order.Messages()).Refused(404, "not_found");
        await globex.Owner.Says(order.Messages(), "customer").Refused(404, "not_found");
        (await globex.Owner.Get(Inbox).Returns(200)).Data.ShouldBeEmpty();
    }
}
