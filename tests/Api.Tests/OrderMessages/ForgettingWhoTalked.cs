using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Api.Tests.Reviews;
using static Mainstreet.Api.Tests.OrderMessages.MessageStarters;

namespace Mainstreet.Api.Tests.OrderMessages;

/// <summary>What is said about a customer's order is theirs (SEC-04): they are given it, and it goes with them, for good.</summary>
public sealed class ForgettingWhoTalked(ApiFixture api)
{
    [Fact]
    public async Task A_customer_is_given_what_was_said()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var order = await carla.Buys(lamp);
        await carla.Session.Says(order.OwnMessages(), "business", "Ring at Wilhelmina's.").Returns(201);
        await shop.Owner.Says(order.Messages(), "customer", "We shall.").Returns(201);
        await shop.Owner.Post($"{order.Path}/notes", new { text = "Two doors." }).Returns(201);
        var export = (await carla.Session.Get("/customers/me/export").Returns(200)).Json;
        export.GetProperty("order_messages").EnumerateArray().Select(message => (message.Text("order_id"), message.Text("from"), message.Text("text")))
            .ShouldBe([(order.Id.ToString(), "customer", "Ring at Wilhelmina's."), (order.Id.ToString(), "business", "We shall.")]);
        export.GetProperty("order_notes").GetArrayLength().ShouldBe(0, "anybody can register with another one's address");
        await carla.Verify();
        (await carla.Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("order_notes").EnumerateArray().Select(note => note.Text("text")).ShouldBe(["Two doors."]);
    }

    [Fact]
    public async Task Words_go_with_the_customer_and_none_come_afterwards()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var (order, untouched) = (await api.BuyAs(shop, lamp, email), await api.BuyAs(shop, lamp, email));
        await shop.Complete(order);
        await shop.Complete(untouched);
        await api.Guest.Says(order.Linked(), "business", "Ring at Wilhelmina's.").Returns(201);
        await shop.Owner.Says(order.Messages(), "customer", "Wilhelmina is away.").Returns(201);
        await shop.Owner.Post($"{order.Path}/notes", new { text = "Ask Wilhelmina." }).Returns(201);

        var customer = await shop.CustomerOf(order);
        await shop.Owner.SteppedUp();
        await shop.Erase(customer).Returns(201);
        (await shop.Certificate(customer)).Json.List("read_models").Select(view => view.Text("projection")).ShouldContain("order_conversations");
        foreach (var path in new[] { order.Messages(), $"{order.Path}/notes", Inbox, order.Linked(), "/events?limit=100" })
        {
            (await shop.Owner.Get(path).Returns(200)).Text.ShouldNotContain("Wilhelmina", Case.Insensitive, path);
        }

        (await shop.Owner.Hears(order.Messages())).ShouldBe(["[erased]", "[erased]"]);
        foreach (var one in new[] { order, untouched })
        {
            await api.Guest.Says(one.Linked(), "business").Refused(409, "customer_erased");
            await shop.Owner.Says(one.Messages(), "customer").Refused(409, "customer_erased");
            await shop.Owner.Post($"{one.Path}/notes", new { text = "Wilhelmina again." }).Refused(409, "customer_erased");
            await api.Guest.Post(one.GuestPath("/review"), new { overall = 5, text = "Wilhelmina was here." }).Refused(409, "customer_erased");
        }

        await shop.Owner.Post($"{order.Messages()}/read").Returns(204);
        await shop.Advance("PT1S"); // the clock of a test business stands still, and who comes back comes later
        var again = await api.BuyAs(shop, lamp, email);
        await api.Guest.Says(again.Linked(), "business", "Me again.").Returns(201);
        (await shop.Owner.Hears(again.Messages())).ShouldBe(["Me again."]);
    }

    [Fact]
    public async Task Nor_are_they_answered_to_a_review_of_then()
    {
        var (shop, lamp) = await api.NewShop();
        var order = await api.Buy(shop, lamp);
        await shop.Complete(order);
        var review = $"{ReviewStarters.All}/{(await api.Guest.Post(order.GuestPath("/review"), new { overall = 4, text = "Warm." }).Returns(201)).Id}";
        await shop.Owner.Put($"{review}/reply", new { text = "Thank you, Carla." }).Returns(204);
        var customer = await shop.CustomerOf(order);
        await shop.Owner.SteppedUp();
        await shop.Erase(customer).Returns(201);
        await shop.Owner.Put($"{review}/reply", new { text = "Thank you, Carla." }).Refused(409, "customer_erased");
        await shop.Owner.Post($"{review}/reject", new { reason = "Carla again." }).Refused(409, "customer_erased");
        await shop.Owner.Post($"{review}/reject").Returns(204);
    }
}
