using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Coupons;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Pos;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>CAT-11, ORD-04: a burger as it was wanted, from the basket to whoever prepares and brings it.</summary>
public sealed class OrderingChoices(ApiFixture api)
{
    [Fact]
    public async Task What_is_chosen_is_priced_and_stays_as_it_was()
    {
        var diner = await api.NewDiner(await api.NewBusiness("diner", mode: "test"));
        var shop = diner.Shop;
        await shop.Taxes(10);
        object[] lines = [diner.Line(2, (diner.Cheese, 2), (diner.Rare, 1)), diner.Line(1, (diner.Done, 1)), new { variant_id = diner.Water.VariantId, quantity = 1 }];
        string[][] chosen = [["Doneness: 1 Rare 0", "Toppings: 2 Cheese 150"], ["Doneness: 1 Well done 0"], []];

        var quote = (await api.Guest.Post($"/storefronts/{shop.Subdomain}/orders/quote", new { delivery_type = "pickup", lines }).Returns(200)).Json;
        quote.List("lines").Select(OptionStarters.Choices).ShouldBe(chosen);
        quote.List("lines").Select(line => (line.Amount("unit_price"), line.Amount("subtotal"), line.Amount("tax"))).ShouldBe([(1_290, 2_580, 235), (990, 990, 90), (300, 300, 27)]);

        var order = await Order(diner, lines);
        order.Total.ShouldBe(3_870);
        await shop.Owner.Patch(diner.Toppings.Path, new { name = "On top", choices = new[] { new { id = diner.Bacon, name = "Speck", price = Eur(900) } } }).Returns(204);
        var (read, tracked) = (await shop.Owner.Get(order.Path).Returns(200), await api.Guest.Get(order.GuestPath()).Returns(200));
        read.Json.List("lines").Select(OptionStarters.Choices).ShouldBe(chosen);
        tracked.Json.List("lines").Select(OptionStarters.Choices).ShouldBe(chosen);
        (await shop.Stock(diner.Burger.VariantId)).ShouldBe((20, 3, 17)); // choices take nothing

        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        var mail = await shop.Owner.Get("/sandbox/outbox/messages?to=carla@example.com").Until(answer => answer.Data.Any(sent => sent.Text("text")?.Contains("Burger", StringComparison.Ordinal) == true));
        mail.Data.First(sent => sent.Text("text")!.Contains("Burger", StringComparison.Ordinal)).Text("text")!.ShouldContain("   Toppings: 2 × Cheese");
        (await shop.Owner.Get("/events?types=order.placed").Returns(200)).Data[0].GetProperty("data").List("lines")[0].Choices().ShouldBe(chosen[0]);
    }

    [Fact]
    public async Task Each_fault_is_at_its_place_and_nothing_is_ordered()
    {
        var diner = await api.NewDiner();
        var (shop, burger) = (diner.Shop, diner.Burger.VariantId);
        await diner.SellsOut(diner.Bacon);
        object[] lines =
        [
            diner.Line(1), diner.Line(1, (diner.Rare, 1)), diner.Line(1, (diner.Rare, 1), (diner.Done, 1)), diner.Line(1, (diner.Rare, 1), (diner.Cheese, 3)),
            diner.Line(1, (diner.Rare, 1), (diner.Bacon, 1)), diner.Line(1, (diner.Rare, 1), (diner.Rare, 1)), new { variant_id = diner.Water.VariantId, quantity = 1, choices = new[] { new { choice_id = diner.Rare } } },
            diner.Line(1, (diner.Rare, 1), (Guid.NewGuid(), 1)), new { variant_id = burger, quantity = 1, choices = (object?)null },
        ];
        string[] faults =
        [
            "/lines/0/choices too_few_choices", "/lines/2/choices too_many_choices", "/lines/3/choices/1/quantity choice_limit_exceeded",
            "/lines/4/choices/1/choice_id choice_not_available", "/lines/5/choices/1/choice_id choice_repeated", "/lines/5/choices too_many_choices",
            "/lines/6/choices/0/choice_id choice_unknown", "/lines/7/choices/1/choice_id choice_unknown", "/lines/8/choices too_few_choices",
        ];
        (await Checkout(diner, lines).Refused(422, "choices_invalid")).Faults.ShouldBe(faults);
        (await api.Guest.Post($"/storefronts/{shop.Subdomain}/orders/quote", new { delivery_type = "pickup", lines }).Refused(422, "choices_invalid")).Faults.ShouldBe(faults);
        (await Checkout(diner, [diner.Line(1, [.. Enumerable.Range(0, 101).Select(_ => (Guid.NewGuid(), 1))])]).Refused(400, "validation_failed")).Faults.ShouldBe(["/lines/0/choices choice_count"]);
        (await shop.Stock(burger)).Reserved.ShouldBe(0);

        await diner.SellsOut(diner.Bacon, available: true);
        (await Order(diner, diner.Line(1, (diner.Rare, 1), (diner.Bacon, 1)))).Number.ShouldBe("1001");
        await shop.Owner.Delete(diner.Doneness.Path).Returns(204);
        (await Order(diner, diner.Line(1))).Total.ShouldBe(990);
    }

    [Fact]
    public async Task A_coupon_and_an_amendment_reckon_with_the_choices()
    {
        var diner = await api.NewDiner();
        var shop = diner.Shop;
        var coupon = await shop.NewCoupon(new { kind = "percentage", percent = 10 });
        var order = await Order(diner, coupon.Code, diner.Line(2, (diner.Rare, 1), (diner.Cheese, 2)));
        order.Total.ShouldBe(2_322);

        await diner.SellsOut(diner.Cheese); // what is ordered is ordered
        var refused = await shop.Amend(order, Lines((1, 3)), [diner.Line(1)], agreed: true).Refused(422, "choices_invalid");
        refused.Faults.ShouldBe(["/add/0/choices too_few_choices"]);
        await shop.Amend(order, Lines((1, 3)), [diner.Line(1, (diner.Bacon, 1), (diner.Done, 1))], agreed: true).Returns(204);

        var read = (await shop.Owner.Get(order.Path).Returns(200)).Json;
        read.List("lines").Select(OptionStarters.Choices).ShouldBe([["Doneness: 1 Rare 0", "Toppings: 2 Cheese 150"], ["Doneness: 1 Well done 0", "Toppings: 1 Bacon 200"]]);
        read.List("lines").Select(line => (line.Amount("unit_price"), line.Amount("subtotal"), line.Amount("discount"))).ShouldBe([(1_290, 3_870, 387), (1_190, 1_190, 119)]);
        read.GetProperty("totals").Amount("total").ShouldBe(3_870 + 1_190 - 506);
    }

    [Fact]
    public async Task Whoever_brings_it_sees_what_is_in_the_bag_and_whoever_gives_it_back_is_paid_for_it()
    {
        var diner = await api.NewDiner(await api.NewBusiness("diner", mode: "test"));
        var shop = diner.Shop;
        await shop.Deliver();
        var placed = await api.Guest.Post($"/storefronts/{shop.Subdomain}/orders", new
        {
            delivery_type = "delivery",
            payment_method = "card",
            address = Basket.Home,
            lines = new[] { diner.Line(2, (diner.Rare, 1), (diner.Bacon, 1)) },
            contact = new { name = "Carla Berg", email = "carla@example.com", phone = "+49 30 123456" },
        }).Key("a").Returns(201);
        var order = placed.Order();
        await shop.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "paid");
        var driver = await api.NewDriver(shop);
        var delivery = await api.Assign(shop, order, driver);
        var line = (await driver.Session.Get($"/driver/deliveries/{delivery}").Returns(200)).Json.GetProperty("order").List("lines").Single();
        line.Choices().ShouldBe(["Doneness: 1 Rare 0", "Toppings: 1 Bacon 200"]);

        var payment = (await shop.Owner.Get(order.Path).Returns(200)).Json.GetProperty("payment").Text("id");
        var refund = await (await shop.Owner.SteppedUp()).Post($"/business/payments/{payment}/refunds", new { lines = new[] { new { line_no = 1, quantity = 1 } }, reason = "cold" }).Returns(201);
        refund.Json.Amount("amount").ShouldBe(1_190);
    }

    /// <summary>Whoever buys while the product comes to have other groups is asked for them, or to try again.</summary>
    [Fact]
    public async Task Nobody_buys_past_what_is_to_be_chosen()
    {
        var diner = await api.NewDiner();
        var (shop, bread) = (diner.Shop, await diner.Shop.NewOptionGroup("Bread", 1, 1, new { name = "Rye" }));
        for (var race = 0; race < 3; race++)
        {
            await shop.SetOptionGroups(diner.Water).Returns(204);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i == 3
                ? shop.SetOptionGroups(diner.Water, bread.Id).Send()
                : Checkout(diner, [new { variant_id = diner.Water.VariantId, quantity = 0.1 }]).Send()));
            answers.Select(answer => $"{answer.Status} {(answer.Status < 300 ? "" : answer.Json.Text("code"))}".Trim()).ShouldBeSubsetOf(["201", "204", "409 conflict", "422 choices_invalid"]);
            await Checkout(diner, [new { variant_id = diner.Water.VariantId, quantity = 1 }]).Refused(422, "choices_invalid");
        }
    }

    private ApiRequest Checkout(TestDiner diner, object[] lines, string? coupon = null) => api.Guest.Post($"/storefronts/{diner.Shop.Subdomain}/orders", new
    {
        delivery_type = "pickup",
        payment_method = "cash",
        lines,
        coupon_code = coupon,
        contact = new { name = "Carla Berg", email = "carla@example.com", phone = "+49 30 123456" },
    }).Key(Guid.NewGuid().ToString());

    private async Task<TestOrder> Order(TestDiner diner, params object[] lines) => (await Checkout(diner, lines).Returns(201)).Order();

    private async Task<TestOrder> Order(TestDiner diner, string coupon, object line) => (await Checkout(diner, [line], coupon).Returns(201)).Order();
}
