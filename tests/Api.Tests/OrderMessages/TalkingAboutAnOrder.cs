using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.OrderMessages.MessageStarters;

namespace Mainstreet.Api.Tests.OrderMessages;

/// <summary>Customer, business and driver talk about an order (ORD-13), and each sees what is theirs to see.</summary>
public sealed class TalkingAboutAnOrder(ApiFixture api)
{
    [Fact]
    public async Task Everybody_hears_what_they_said_and_what_was_said_to_them_and_the_business_all()
    {
        var (shop, order, dana, delivery) = await api.NewDelivery();
        await api.Guest.Says(order.Linked(), "business", "customer to business").Returns(201);
        await api.Guest.Says(order.Linked(), "driver", "customer to driver").Returns(201);
        await shop.Owner.Says(order.Messages(), "customer", "business to customer").Returns(201);
        await shop.Owner.Says(order.Messages(), "driver", "business to driver").Returns(201);
        await dana.Session.Says(Driven(delivery), "customer", "driver to customer").Returns(201);
        var last = await dana.Session.Says(Driven(delivery), "business", "driver to business").Returns(201);

        (await api.Guest.Hears(order.Linked())).ShouldBe(["driver to customer", "business to customer", "customer to driver", "customer to business"]);
        (await dana.Session.Hears(Driven(delivery))).ShouldBe(["driver to business", "driver to customer", "business to driver", "customer to driver"]);
        (await shop.Owner.Hears(order.Messages())).ShouldBe(
            ["driver to business", "driver to customer", "business to driver", "business to customer", "customer to driver", "customer to business"]);

        var all = (await shop.Owner.Get(order.Messages()).Returns(200)).Data;
        (all[0].Text("id"), all[0].Text("from"), all[0].Text("to"), all[0].GetProperty("by").Text("type"), all[0].Text("driver_id"))
            .ShouldBe((last.Id.ToString(), "driver", "business", "driver", dana.Id.ToString()));
        all.Select(message => message.GetProperty("by").Text("type")).ShouldBe(["driver", "driver", "user", "user", "guest", "guest"]);
        var seen = (await api.Guest.Get(order.Linked()).Returns(200)).Data[0];
        (seen.Has("by"), seen.Has("driver_id")).ShouldBe((false, false));
        (await shop.Owner.Get("/events?types=order.message_sent").Returns(200)).Data.Length.ShouldBe(6);
        (await shop.Owner.Get(order.Path).Returns(200)).ETag.ShouldBe("\"v3\"", "a chat does not move the order");
    }

    [Fact]
    public async Task A_message_is_said_once_however_often_it_is_sent()
    {
        var (shop, order, dana, delivery) = await api.NewDelivery();
        foreach (var (session, path, to) in new[] { (api.Guest, order.Linked(), "business"), (shop.Owner, order.Messages(), "customer"), (dana.Session, Driven(delivery), "customer") })
        {
            var said = await session.Says(path, to).Key("once").Returns(201);
            (await session.Says(path, to).Key("once").Returns(201)).Id.ShouldBe(said.Id);
            await session.Says(path, to, "Something else").Key("once").Refused(422, "idempotency_key_reused");
        }

        (await shop.Owner.Hears(order.Messages())).Length.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_no_message_is_refused_with_its_place()
    {
        var (shop, order, dana, delivery) = await api.NewDelivery();
        (await api.Guest.Says(order.Linked(), "business", " ").Refused(400, "message_invalid")).Faults.ShouldBe(["/text message_invalid"]);
        await api.Guest.Says(order.Linked(), "business", new('x', 2_001)).Refused(400, "message_invalid");
        (await api.Guest.Says(order.Linked(), "customer").Refused(400, "message_to_self")).Faults.ShouldBe(["/to message_to_self"]);
        await shop.Owner.Says(order.Messages(), "business").Refused(400, "message_to_self");
        await dana.Session.Says(Driven(delivery), "driver").Refused(400, "message_to_self");
        await api.Guest.Says(order.Linked(), "everybody").Returns(400);
        await api.Guest.Post(order.Linked(), new { text = "To whom?" }).Returns(400);
        await shop.Owner.Says($"/business/orders/{Guid.NewGuid()}/messages", "customer").Refused(404, "not_found");
        await shop.Owner.Get($"/business/orders/{Guid.NewGuid()}/messages").Refused(404, "not_found");
        await shop.Owner.Post($"/business/orders/{Guid.NewGuid()}/messages/read").Refused(404, "not_found");
    }

    [Fact]
    public async Task Only_who_has_the_order_s_token_talks_about_it()
    {
        var (shop, lamp) = await api.NewShop();
        var (order, other) = (await api.Buy(shop, lamp), await api.Buy(shop, lamp));
        await api.Guest.Says(order.Linked(), "driver").Refused(409, "no_driver");
        foreach (var path in new[] { $"/orders/{order.Id}/messages?token={other.Token}", $"/orders/{order.Id}/messages?token=none" })
        {
            await api.Guest.Says(path, "business").Refused(404, "not_found");
            await api.Guest.Get(path).Refused(404, "not_found");
            await api.Guest.Post(path.Replace("?", "/read?", StringComparison.Ordinal)).Refused(404, "not_found");
        }

        (await shop.Owner.Hears(order.Messages())).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_customer_writes_in_the_account_is_not_shown_to_whoever_has_the_link()
    {
        var (shop, lamp) = await api.NewShop();
        var (carla, otto) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        var order = await carla.Buys(lamp);
        await otto.Session.Says(order.OwnMessages(), "business").Refused(404, "not_found");
        await otto.Session.Get(order.OwnMessages()).Refused(404, "not_found");
        await shop.Owner.Says(order.Messages(), "customer", "Blue or green?").Returns(201);
        await api.Guest.Says(order.Linked(), "business", "Blue.").Returns(201);
        await carla.Session.Says(order.OwnMessages(), "business", "Green, and ring twice.").Returns(201);
        (await carla.Session.Hears(order.OwnMessages())).ShouldBe(["Green, and ring twice.", "Blue.", "Blue or green?"]);
        await api.Guest.Get(order.Linked()).Refused(403, "conversation_in_account");
        await api.Guest.Says(order.Linked(), "business").Refused(403, "conversation_in_account");
        await api.Guest.Post(order.Linked("/read")).Refused(403, "conversation_in_account");
        await shop.Owner.Says(order.Messages(), "customer", "Green it is.").Returns(201);
        (await carla.Session.Hears(order.OwnMessages())).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_driver_talks_while_the_delivery_is_under_way_and_of_no_other()
    {
        var (shop, order, dana, delivery) = await api.NewDelivery();
        var emil = await api.NewDriver(shop, "Emil");
        await api.Guest.Says(order.Linked(), "driver", "Ring twice, Dana.").Returns(201);
        await Nothing(emil, delivery);
        await Nothing(dana, order.Id);

        await shop.Owner.Post($"{order.Path}/unassign").Returns(204);
        await Nothing(dana, delivery);
        await api.Guest.Says(order.Linked(), "driver").Refused(409, "no_driver");
        await api.Assign(shop, order, emil);
        await Nothing(dana, delivery);
        (await emil.Session.Hears(Driven(delivery))).ShouldBeEmpty("it was said to Dana");
        await emil.Session.Says(Driven(delivery), "customer", "Emil here.").Returns(201);
        await api.Guest.Says(order.Linked(), "driver", "Ring twice, Emil.").Returns(201);
        (await emil.Session.Hears(Driven(delivery))).ShouldBe(["Ring twice, Emil.", "Emil here."]);
        (await api.Guest.Hears(order.Linked())).ShouldBe(["Ring twice, Emil.", "Emil here.", "Ring twice, Dana."]);

        await emil.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "failed", reason = "accident" }).Returns(204);
        await Nothing(emil, delivery);

        static async Task Nothing(TestDriver driver, Guid delivery)
        {
            await driver.Session.Get(Driven(delivery)).Refused(404, "not_found");
            await driver.Session.Says(Driven(delivery), "customer").Refused(404, "not_found");
            await driver.Session.Post($"{Driven(delivery)}/read").Refused(404, "not_found");
        }
    }

    [Fact]
    public async Task Customers_write_for_a_week_after_the_order_is_over_and_the_business_at_any_time()
    {
        var (shop, lamp) = await api.NewShop();
        var order = await api.Buy(shop, lamp);
        await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        await shop.Advance("P7D");
        await api.Guest.Says(order.Linked(), "business", "Why?").Returns(201);
        await shop.Advance("PT1S");
        await api.Guest.Says(order.Linked(), "business", "Why?").Refused(409, "conversation_closed");
        await shop.Owner.Says(order.Messages(), "customer", "The last one was broken.").Returns(201);
        (await api.Guest.Hears(order.Linked())).ShouldBe(["The last one was broken.", "Why?"]);
    }

    [Fact]
    public async Task A_customer_is_told_that_there_is_something_to_read()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var order = await api.BuyAs(shop, lamp, email);
        await api.Guest.Says(order.Linked(), "business").Returns(201);
        await shop.Owner.Says(order.Messages(), "customer", "Blue or green?").Returns(201);
        await shop.Owner.Says(order.Messages(), "customer", "Or red?").Returns(201);
        var mail = (await Told(1)).Single();
        (mail.Text("subject"), mail.Text("text")!.Contains($"/orders/{order.Id}?token={order.Token}", StringComparison.Ordinal), mail.Text("text")!.Contains("green", StringComparison.Ordinal))
            .ShouldBe(($"A message about your order {order.Number}", true, false));

        await api.Guest.Post(order.Linked("/read")).Returns(204);
        await shop.Owner.Says(order.Messages(), "customer", "Red, then.").Returns(201);
        await Told(2);

        async Task<System.Text.Json.JsonElement[]> Told(int times) => Of(await shop.Owner.Get($"/sandbox/outbox/messages?to={email}").Until(answer => Of(answer).Length >= times));

        static System.Text.Json.JsonElement[] Of(ApiAnswer answer) => [.. answer.Data.Where(mail => mail.Text("template") == "order.message")];
    }
}
