using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Carts;

/// <summary>CAT-11: a cart keeps what was chosen, and says what of it is gone.</summary>
public sealed class KeepingChoices(ApiFixture api)
{
    [Fact]
    public async Task The_same_with_other_choices_is_another_item()
    {
        var diner = await api.NewDiner();
        var cart = await diner.Shop.NewCart(api.Guest);
        var rare = await Put(cart, diner.Line(1, (diner.Rare, 1), (diner.Cheese, 2)));
        var done = await Put(cart, diner.Line(1, (diner.Done, 1)));
        (await Put(cart, diner.Line(2, (diner.Cheese, 2), (diner.Rare, 1)))).ShouldBe(rare);
        await Is(cart, (3, 1_290), (1, 990));
        (await cart.Read()).GetProperty("totals").Amount("total").ShouldBe(4_860);

        await cart.Session.Patch($"{cart.Path}/items/{done}", new { quantity = 2 }).Returns(204);
        await cart.Session.Patch($"{cart.Path}/items/{done}", new { choices = new[] { new { choice_id = diner.Done, quantity = 1 }, new { choice_id = diner.Bacon, quantity = 1 } } }).Returns(204);
        await Is(cart, (3, 1_290), (2, 1_190));
        await cart.Session.Patch($"{cart.Path}/items/{done}", new { choices = new[] { new { choice_id = diner.Cheese, quantity = 2 }, new { choice_id = diner.Rare, quantity = 1 } } }).Returns(204);
        await Is(cart, (5, 1_290));

        var order = (await cart.CheckOut("a").Returns(201)).Order();
        order.Total.ShouldBe(6_450);
        (await diner.Shop.Owner.Get(order.Path).Returns(200)).Json.List("lines").Single().Choices().ShouldBe(["Doneness: 1 Rare 0", "Toppings: 2 Cheese 150"]);
    }

    [Fact]
    public async Task What_cannot_be_chosen_is_not_put_in()
    {
        var diner = await api.NewDiner();
        var cart = await diner.Shop.NewCart(api.Guest);
        (await cart.Session.Post($"{cart.Path}/items", diner.Line(1)).Refused(422, "choices_invalid")).Faults.ShouldBe(["/choices too_few_choices"]);
        (await cart.Session.Post($"{cart.Path}/items", diner.Line(1, (diner.Rare, 1), (Guid.NewGuid(), 1))).Refused(422, "choices_invalid")).Faults.ShouldBe(["/choices/1/choice_id choice_unknown"]);
        var item = await Put(cart, diner.Line(1, (diner.Rare, 1)));
        (await cart.Session.Patch($"{cart.Path}/items/{item}", new { choices = Array.Empty<object>() }).Refused(422, "choices_invalid")).Faults.ShouldBe(["/choices too_few_choices"]);
    }

    [Fact]
    public async Task What_has_changed_since_is_told()
    {
        var diner = await api.NewDiner();
        var cart = await diner.Shop.NewCart(api.Guest);
        var item = await Put(cart, diner.Line(1, (diner.Rare, 1), (diner.Cheese, 2)));
        var water = await cart.Put(diner.Water.VariantId);

        await diner.Shop.Owner.Patch(diner.Toppings.Path, new { choices = new[] { new { id = diner.Cheese, name = "Cheese", price = Eur(170), limit = 2 } } }).Returns(204);
        var dearer = await cart.Read();
        dearer.Changes().ShouldBe([$"price_changed {item}"]);
        dearer.List("items")[0].Amount("unit_price").ShouldBe(990 + 340);

        await diner.SellsOut(diner.Cheese);
        var gone = await cart.Read();
        gone.Changes().ShouldBe([$"choices_not_available {item}"]);
        var problem = gone.List("changes")[0].List("choices").Single();
        (problem.GetProperty("choice_id").GetGuid(), problem.Text("code")).ShouldBe((diner.Cheese, "choice_not_available"));
        gone.List("items")[0].List("choices").Select(choice => (choice.Text("name"), choice.GetProperty("available").GetBoolean())).ShouldBe([("Rare", true), ("Cheese", false)], ignoreOrder: true);
        (gone.List("items")[0].GetProperty("available").GetBoolean(), gone.GetProperty("totals").Amount("total")).ShouldBe((false, 300));
        (await cart.CheckOut("a").Refused(422, "choices_invalid")).Faults.ShouldBe(["/lines/0/choices/1/choice_id choice_not_available"]);

        await diner.Shop.SetOptionGroups(diner.Burger, diner.Toppings.Id).Returns(204);
        var problems = (await cart.Read()).List("changes")[0].List("choices");
        problems.Select(found => found.Text("code")).ShouldBe(["choice_unknown", "choice_not_available"]);
        await diner.Shop.SetOptionGroups(diner.Water, diner.Doneness.Id).Returns(204);
        (await cart.Read()).List("changes").Single(change => change.GetProperty("item_id").GetGuid() == water).List("choices").Single().Text("code").ShouldBe("too_few_choices");
    }

    private static async Task<Guid> Put(TestCart cart, object line) => (await cart.Session.Post($"{cart.Path}/items", line).Returns(201)).Id;

    private static async Task Is(TestCart cart, params (decimal Quantity, long Price)[] items) =>
        (await cart.Read()).List("items").Select(item => (item.GetProperty("quantity").GetDecimal(), item.Amount("unit_price"))).ShouldBe(items);
}
