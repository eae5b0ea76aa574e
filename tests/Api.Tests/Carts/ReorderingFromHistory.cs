using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Application.Carts;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Microsoft.Extensions.DependencyInjection;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Carts;

/// <summary>ORD-11: what was ordered once is in the cart again, at today's prices and as far as it can be had.</summary>
public sealed class ReorderingFromHistory(ApiFixture api)
{
    [Fact]
    public async Task An_order_is_in_a_new_cart_and_again_in_the_same()
    {
        var diner = await api.NewDiner();
        var carla = await api.NewCustomer(diner.Shop);
        var order = await Buy(carla, diner.Line(2, (diner.Rare, 1), (diner.Cheese, 2)), new { variant_id = diner.Water.VariantId, quantity = 1, note = "cold" });

        var again = await Reorder(carla, order, "a").Returns(201);
        again.Header("Location").ShouldBe("/api/v1/customers/me/cart");
        again.Json.List("changes").ShouldBeEmpty();
        var cart = again.Json.GetProperty("cart");
        Items(cart).ShouldBe([(2, 1_290, null), (1, 300, "cold")]);
        cart.List("items")[0].List("choices").Select(choice => (choice.Text("name"), choice.GetProperty("quantity").GetInt32())).ShouldBe([("Rare", 1), ("Cheese", 2)]);
        cart.GetProperty("totals").Amount("total").ShouldBe(2_880);
        again.ETag.ShouldBe($"\"v{cart.GetProperty("version").GetInt32()}\"");

        (await Reorder(carla, order, "a").Returns(201)).Text.ShouldBe(again.Text);
        await Reorder(carla, Guid.NewGuid(), "a").Returns(404); // another request, of another path
        Items((await Reorder(carla, order, "b").Returns(201)).Json.GetProperty("cart")).ShouldBe([(4, 1_290, null), (2, 300, "cold")]);

        var repeated = await Reorder(carla, order, "a").Returns(201); // the cart is as it is now
        Items(repeated.Json.GetProperty("cart")).ShouldBe([(4, 1_290, null), (2, 300, "cold")]);
        repeated.ETag.ShouldBe($"\"v{repeated.Json.GetProperty("cart").GetProperty("version").GetInt32()}\"");

        var own = new TestCart(diner.Shop, cart.Id(), carla.Session);
        await own.CheckOut("now").Returns(201);
        (await Reorder(carla, order, "b").Returns(201)).Json.GetProperty("cart").Text("status").ShouldBe("checked_out");
        var next = (await Reorder(carla, order, "c").Returns(201)).Json.GetProperty("cart");
        (next.Id() == own.Id, next.Text("status"), next.List("items").Length).ShouldBe((false, "open", 2));
        var replayed = await Reorder(carla, order, "b").Returns(201);
        (replayed.Json.TryGetProperty("cart", out _), replayed.Json.List("changes").Length).ShouldBe((false, 0));
    }

    [Fact]
    public async Task One_key_puts_it_in_once_whoever_is_first()
    {
        var diner = await api.NewDiner();
        var carla = await api.NewCustomer(diner.Shop);
        var order = await Buy(carla, new { variant_id = diner.Water.VariantId, quantity = 1 });
        foreach (var round in Enumerable.Range(1, 4))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Reorder(carla, order, $"{round}").Returns(201)));
            Items((await carla.Session.Get("/customers/me/cart").Returns(200)).Json).ShouldBe([(round, 300, null)]);
        }
    }

    [Fact]
    public async Task A_process_that_ended_before_it_could_answer_has_put_it_in_all_the_same()
    {
        var diner = await api.NewDiner();
        var carla = await api.NewCustomer(diner.Shop);
        var order = await Buy(carla, new { variant_id = diner.Water.VariantId, quantity = 15 });
        var first = await Reorder(carla, order, "a").Returns(201);
        Kinds(first.Json).ShouldBe(["1 quantity_reduced"]);
        await Forget();
        (await Reorder(carla, order, "a").Returns(201)).Text.ShouldBe(first.Text);

        await new TestCart(diner.Shop, first.Json.GetProperty("cart").Id(), carla.Session).CheckOut("now").Returns(201);
        await Forget();
        var later = (await Reorder(carla, order, "a").Returns(201)).Json;
        (later.GetProperty("cart").Id(), later.GetProperty("cart").Text("status")).ShouldBe((first.Json.GetProperty("cart").Id(), "checked_out"));
        Kinds(later).ShouldBe(Kinds(first.Json));

        async Task Forget() => (await new WholeDatabase(api.Database).Texts(
            $"delete from commands where tenant_id = '{diner.Shop.Id}' and result -> 'changes' is not null returning command_id::text")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task No_cart_is_begun_beside_the_end_of_its_account()
    {
        var (shop, lamp) = await api.NewShop();
        var (carla, anna) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        await carla.Verify();
        var (gone, stays) = (await Filled(carla), await Filled(anna));
        await carla.Session.Delete("/customers/me", new { password = carla.Password }).Returns(204);
        (await Add(gone), await Add(stays)).ShouldBe((false, true));

        Task<bool> Add(Cart cart) => api.In(new TenantId(shop.Id), services => services.GetRequiredService<ICarts>().Add(cart, TestContext.Current.CancellationToken));

        async Task<Cart> Filled(TestCustomer customer)
        {
            var account = (await new WholeDatabase(api.Database).Texts($"select account_id::text from rm.customer_accounts_v1 where email = '{customer.Email}'")).Single();
            return Cart.New(new(Guid.NewGuid()), new(Guid.Parse(account)), new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).Add(new(Uuid.New(), new(lamp), 1, "for my sister", Eur(4_900)));
        }
    }

    [Fact]
    public async Task Who_leaves_while_it_is_put_in_leaves_no_note()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        await carla.Verify();
        var order = await Buy(carla, new { variant_id = lamp, quantity = 1, note = "for my sister" });
        await shop.Owner.Post($"/business/orders/{order}/cancel", new { reason = "sold out" }).Returns(204);
        await Task.WhenAll([carla.Session.Delete("/customers/me", new { password = carla.Password }).Returns(204), .. Enumerable.Range(0, 6).Select(i => Reorder(carla, order, $"{i}").Send())]);
        (await new WholeDatabase(api.Database).Number($"select count(*) from carts where tenant_id = '{shop.Id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_as_it_was_is_told_and_stops_nothing_else()
    {
        var diner = await api.NewDiner();
        var carla = await api.NewCustomer(diner.Shop);
        var fries = await diner.Shop.Sell("Fries", 450);
        var order = await Buy(carla, diner.Line(1, (diner.Rare, 1), (diner.Cheese, 2), (diner.Bacon, 1)), new { variant_id = diner.Water.VariantId, quantity = 8 }, new { variant_id = fries, quantity = 2 });
        await diner.SellsOut(diner.Bacon);
        await diner.Shop.Owner.Patch($"{diner.Water.Path}/variants/{diner.Water.VariantId}", new { price = Eur(350) }).Returns(204);
        await diner.Shop.Owner.Delete($"/business/products/{await ProductOf(diner, "Fries")}").Returns(204);
        await api.Buy(diner.Shop, diner.Water.VariantId, 7); // five are left

        var again = (await Reorder(carla, order).Returns(201)).Json;
        Kinds(again).ShouldBe(["1 price_changed", "1 choices_changed", "2 price_changed", "2 quantity_reduced", "3 not_available"]);
        var (changes, items) = (again.List("changes"), again.GetProperty("cart").List("items"));
        changes.Take(4).Select(change => change.GetProperty("item_id").GetGuid()).ShouldBe([items[0].Id(), items[0].Id(), items[1].Id(), items[1].Id()]);
        (changes[0].Amount("from"), changes[0].Amount("to"), changes[1].List("choices").Single().Text("code")).ShouldBe((1_490, 1_290, "choice_not_available"));
        (changes[3].GetProperty("ordered").GetDecimal(), changes[3].GetProperty("quantity").GetDecimal(), changes[4].Text("name")).ShouldBe((8, 5, "Fries"));
        Items(again.GetProperty("cart")).ShouldBe([(1, 1_290, null), (5, 350, null)]);

        await diner.SellsOut(diner.Rare);
        Kinds((await Reorder(carla, await Buy(carla, new { variant_id = diner.Water.VariantId, quantity = 1 })).Refused(422, "nothing_to_reorder")).Json).ShouldBe(["1 out_of_stock"]); // five are in the cart
        await carla.Session.Delete($"/storefronts/{diner.Shop.Subdomain}/carts/{again.GetProperty("cart").Id()}").Returns(204);
        Kinds((await Reorder(carla, order).Returns(201)).Json).ShouldBe(["1 choices_not_available", "2 price_changed", "2 quantity_reduced", "3 not_available"]);
    }

    [Fact]
    public async Task Where_nothing_can_be_had_nothing_is_written()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var order = await Buy(carla, new { variant_id = lamp, quantity = 1 });
        var product = (await shop.Owner.Get("/business/products").Returns(200)).Data.Single().Id();
        await shop.Owner.Post($"/business/products/{product}/unpublish").Returns(204);
        var refused = await Reorder(carla, order, "a").Refused(422, "nothing_to_reorder");
        Kinds(refused.Json).ShouldBe(["1 not_available"]);
        Kinds((await Reorder(carla, order, "a").Refused(422, "nothing_to_reorder")).Json).ShouldBe(["1 not_available"]);
        await carla.Session.Get("/customers/me/cart").Refused(404, "not_found");
        await shop.Owner.Post($"/business/products/{product}/publish").Returns(204);
        await shop.Owner.Post("/business/storefront/unpublish").Returns(204);
        await Reorder(carla, order).Refused(404, "not_found");
        await carla.Session.Get("/customers/me/cart").Refused(404, "not_found");
    }

    [Fact]
    public async Task It_is_for_the_orders_that_the_customer_has()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var bought = await api.BuyAs(shop, lamp, email);
        var (carla, anna) = (await api.NewCustomer(shop, email), await api.NewCustomer(shop));
        await Reorder(carla, bought.Id).Refused(404, "not_found"); // until the address is verified
        await carla.Verify();
        Items((await Reorder(carla, bought.Id).Returns(201)).Json.GetProperty("cart")).ShouldBe([(1, 4_900, null)]);
        await Reorder(anna, bought.Id).Refused(404, "not_found");
        await api.Guest.Post($"/customers/me/orders/{bought.Id}/reorder").Returns(401);

        var elsewhere = await api.BuyAs(shop, lamp, Starters.NewEmail("work"));
        var guest = (await shop.Owner.Get(elsewhere.Path).Returns(200)).Json.GetProperty("customer").Id();
        await shop.Owner.Post($"/business/customers/{carla.Id}/merge", new { customer_id = guest }).Returns(204);
        Items((await Reorder(carla, elsewhere.Id).Returns(201)).Json.GetProperty("cart")).ShouldBe([(2, 4_900, null)]);
    }

    private static ApiRequest Reorder(TestCustomer customer, Guid order, string? key = null)
    {
        var request = customer.Session.Post($"/customers/me/orders/{order}/reorder");
        return key is null ? request : request.Key(key);
    }

    private static async Task<Guid> Buy(TestCustomer customer, params object[] lines) =>
        (await customer.Session.Post($"/storefronts/{customer.Shop.Subdomain}/orders", new
        {
            lines,
            delivery_type = "pickup",
            payment_method = "cash",
            contact = new { name = "Carla Berg", email = customer.Email, phone = "+49 30 123456" },
        }).Key(Guid.NewGuid().ToString()).Returns(201)).Id;

    private static async Task<Guid> ProductOf(TestDiner diner, string name) =>
        (await diner.Shop.Owner.Get("/business/products").Returns(200)).Data.Single(product => product.Text("name") == name).Id();

    private static string[] Kinds(JsonElement answer) => [.. answer.List("changes").Select(change => $"{change.GetProperty("line_no").GetInt32()} {change.Text("kind")}")];

    private static (decimal Quantity, long Price, string? Note)[] Items(JsonElement cart) =>
        [.. cart.List("items").Select(item => (item.GetProperty("quantity").GetDecimal(), item.Amount("unit_price"), item.TryGetProperty("note", out var note) ? note.GetString() : null))];
}
