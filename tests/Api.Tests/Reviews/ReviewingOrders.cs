using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Reviews.ReviewStarters;

namespace Mainstreet.Api.Tests.Reviews;

/// <summary>An order is reviewed once, by whose it is, when they have got it (ORD-08).</summary>
public sealed class ReviewingOrders(ApiFixture api)
{
    private static readonly object Fine = new { overall = 4, food_quality = 5, text = "Warm." };

    [Fact]
    public async Task A_guest_reviews_an_order_by_its_token_when_it_was_handed_over()
    {
        var (shop, lamp) = await api.NewShop();
        var (order, other) = (await api.Buy(shop, lamp), await api.Buy(shop, lamp));
        await api.Guest.Post(order.GuestPath("/review"), Fine).Refused(409, "order_not_handed_over");
        await shop.Complete(order);
        await api.Guest.Post($"/orders/{order.Id}/review?token={other.Token}", Fine).Refused(404, "not_found");
        (await api.Guest.Post(order.GuestPath("/review"), new { overall = 6 }).Refused(400, "rating_invalid")).Faults.ShouldBe(["/overall rating_invalid"]);
        (await api.Guest.Post(order.GuestPath("/review"), new { overall = 5, delivery = 5 }).Refused(422, "nothing_delivered")).Faults.ShouldBe(["/delivery nothing_delivered"]);

        var said = await api.Guest.Post(order.GuestPath("/review"), Fine).Returns(201);
        await api.Guest.Post(order.GuestPath("/review"), Fine).Refused(409, "already_reviewed");
        await shop.Owner.Put($"{All}/{said.Id}/reply", new { text = "As it should be." }).Returns(204);
        var shown = (await api.Guest.Get(order.GuestPath()).Returns(200)).Json.GetProperty("review");
        (shown.Text("rating"), shown.Text("food_quality"), shown.Text("text"), shown.GetProperty("reply").Text("text")).ShouldBe(("4", "5", "Warm.", "As it should be."));
        (await api.Guest.Get(other.GuestPath()).Returns(200)).Json.TryGetProperty("review", out _).ShouldBeFalse();
        var kept = (await shop.Owner.Get($"{All}/{said.Id}").Returns(200)).Json;
        (kept.Text("kind"), kept.Text("order_id"), kept.Text("by_guest"), kept.Text("customer_id"))
            .ShouldBe(("order", order.Id.ToString(), "True", (await shop.Owner.Get(order.Path).Returns(200)).Json.GetProperty("customer").Text("id")));
    }

    [Fact]
    public async Task A_customer_reviews_and_withdraws_what_is_theirs_and_nobody_elses()
    {
        var (shop, lamp) = await api.NewShop();
        var (carla, otto) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        var order = await carla.BuysAndGets(lamp);
        var path = $"/customers/me/orders/{order.Id}/review";
        await otto.Session.Post(path, Fine).Refused(404, "not_found");
        var said = await carla.Session.Post(path, Fine).Key("once").Returns(201);
        (await carla.Session.Post(path, Fine).Key("once").Returns(201)).Id.ShouldBe(said.Id);
        await api.Guest.Post(order.GuestPath("/review"), Fine).Refused(409, "already_reviewed");
        (await carla.Session.Get($"/customers/me/orders/{order.Id}").Returns(200)).Json.GetProperty("review").Text("text").ShouldBe("Warm.");
        (await api.Guest.Get(order.GuestPath()).Returns(200)).Json.TryGetProperty("review", out _).ShouldBeFalse("links are passed on");
        await otto.Session.Post($"{Mine}/{said.Id}/withdraw").Refused(404, "not_found");
        await carla.Session.Post($"{Mine}/{said.Id}/withdraw").Returns(204);
        (await shop.Owner.Get($"{All}/{said.Id}").Returns(200)).Json.TryGetProperty("text", out _).ShouldBeFalse("it was withdrawn");
        await shop.Owner.Post($"{All}/{said.Id}/approve").Refused(409, "illegal_transition");
        (await carla.Session.Post(path, new { overall = 2 }).Returns(201)).Id.ShouldBe(said.Id);
    }

    [Fact]
    public async Task The_delivery_is_rated_of_what_was_delivered()
    {
        var shop = await api.NewBusiness(mode: "test");
        var variant = await shop.Sell();
        await shop.Deliver();
        var order = await api.Buy(shop, new Basket(new BasketLine(variant)).Delivered());
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        await shop.Owner.Post($"{order.Path}/ready").Returns(204);
        var driver = await api.NewDriver(shop);
        var delivery = await api.Assign(shop, order, driver);
        await driver.Drive(delivery, "to_business", "at_pickup", "picked_up", "en_route", "arrived");
        await api.Guest.Post(order.GuestPath("/review"), new { overall = 5, delivery = 5 }).Refused(409, "order_not_handed_over");
        await driver.Session.Post($"/driver/deliveries/{delivery}/proof", new { signature = "C. Berg" }).Returns(204);
        await driver.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = OrderStarters.Eur(order.Total) }).Returns(204);
        await driver.Report(delivery, "delivered");
        await api.Guest.Get(order.GuestPath()).Until(answer => answer.Json.Text("status") == "delivered");

        var said = await api.Guest.Post(order.GuestPath("/review"), new { overall = 5, delivery = 3 }).Returns(201);
        (await shop.Owner.Get($"{All}/{said.Id}").Until(answer => answer.Status == 200)).Json.Text("delivery").ShouldBe("3");
    }
}
