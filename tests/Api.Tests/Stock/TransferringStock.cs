using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Domain;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Stock;

public sealed class TransferringStock(ApiFixture api)
{
    private static readonly Guid main = LocationId.Default.Value;

    [Fact]
    public async Task Goods_go_with_what_they_cost_and_nothing_is_lost()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour");
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 3, unit_cost = Eur(100) }).Returns(204);
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 1, unit_cost = Eur(101) }).Returns(204);
        var harbour = await acme.NewLocation();
        var body = new { from = main, to = harbour, lines = new[] { new { variant_id = flour.VariantId, quantity = 3 } }, reference = "Van 2" };

        var made = await acme.Owner.Post("/business/stock/transfers", body).Returns(201);

        made.Json.List("lines")[0].Cents("cost").ShouldBe(301); // of 100.25 each
        (await acme.OnHandAt(flour.VariantId, main), await acme.OnHandAt(flour.VariantId, harbour)).ShouldBe((1, 3));
        (await acme.Owner.Get("/business/stock/valuation").Returns(200)).Json.Worth().ShouldBe(401);
        (await acme.Owner.Get($"{flour.Stock}?location={harbour}").Returns(200)).Json.Cents("average_cost").ShouldBe(100);
        var movements = (await acme.Owner.Get("/business/stock/movements?reference_type=transfer").Returns(200)).Data;
        movements.Select(movement => (movement.Text("movement_type"), movement.GetProperty("location_id").GetGuid(), movement.Text("quantity"), movement.Cents("cost"), movement.Text("reference_id"), movement.Text("note")))
            .ShouldBe([("in", harbour, "3", 301, made.Id.ToString(), "Van 2"), ("out", main, "3", 301, made.Id.ToString(), "Van 2")]);
        var shown = (await acme.Owner.Get($"/business/stock/transfers/{made.Id}").Returns(200)).Json;
        (shown.GetProperty("from").GetGuid(), shown.GetProperty("to").GetGuid(), shown.Text("reference"), shown.List("lines")[0].Cents("cost")).ShouldBe((main, harbour, "Van 2", 301));
        await acme.Transfer(flour.VariantId, 1, from: harbour).Returns(201);
        (await acme.Owner.Pages("/business/stock/transfers?limit=1")).Length.ShouldBe(2);
        (await acme.Owner.Get($"/business/stock/transfers?location={Guid.NewGuid()}").Returns(200)).Data.ShouldBeEmpty();
        (await acme.Owner.Get("/events?types=stock.transferred_in").Returns(200)).Data[0].GetProperty("data").GetProperty("location_id").GetGuid().ShouldBe(harbour);
        (await acme.Owner.Get("/events?types=stock.transferred_out").Returns(200)).Data[0].GetProperty("data").TryGetProperty("location_id", out _).ShouldBeFalse("the default location is not named");
    }

    [Fact]
    public async Task All_lines_go_or_none()
    {
        var acme = await api.NewBusiness();
        var (flour, sugar, work) = (await acme.NewProduct("Flour", stock: new { quantity = 5 }), await acme.NewProduct("Sugar", stock: new { quantity = 2 }), await acme.NewProduct("Work", stock: new { policy = "untracked" }));
        var harbour = await acme.NewLocation();

        (await Lines((flour, 5), (sugar, 3)).Refused(422, "out_of_stock")).Faults.ShouldBe(["/lines/1/quantity out_of_stock"]);
        (await Lines((flour, 5), (work, 1)).Refused(422, "not_tracked")).Faults.ShouldBe(["/lines/1/quantity not_tracked"]);
        (await Lines((flour, 1), (flour, 1)).Refused(422, "named_twice")).Faults.ShouldBe(["/lines/1/variant_id named_twice"]);
        (await Lines((flour, 1), (sugar, 0.0005m)).Refused(422, "invalid_quantity")).Faults.ShouldBe(["/lines/1/quantity invalid_quantity"]);
        await Lines((flour, 1), (sugar with { VariantId = Guid.NewGuid() }, 1)).Refused(404, "not_found");
        await Lines().Refused(400, "validation_failed");
        var salt = await acme.NewProduct("Salt", stock: new { quantity = 1, policy = "backorder" });
        (await Lines((flour, 1), (salt, 2)).Refused(422, "out_of_stock")).Faults.ShouldBe(["/lines/1/quantity out_of_stock"]); // what can be owed cannot be carried
        await acme.Transfer(flour.VariantId, 1, main, main).Refused(422, "same_location");
        await acme.Transfer(flour.VariantId, 1, Guid.NewGuid()).Refused(404, "not_found");
        await acme.Transfer(flour.VariantId, 1, harbour, Guid.NewGuid()).Refused(404, "not_found");
        await acme.Transfer(flour.VariantId, 1, main, harbour).Refused(422, "out_of_stock");
        (await acme.OnHandAt(flour.VariantId, main), await acme.OnHandAt(sugar.VariantId, main), await acme.OnHandAt(flour.VariantId, harbour)).ShouldBe((5, 2, null));
        await Lines((flour, 5), (sugar, 2)).Returns(201);
        (await acme.OnHandAt(flour.VariantId, harbour), await acme.OnHandAt(sugar.VariantId, harbour)).ShouldBe((5, 2));

        ApiRequest Lines(params (TestProduct Product, decimal Quantity)[] lines) => acme.Owner.Post(
            "/business/stock/transfers", new { from = main, to = harbour, lines = lines.Select(line => new { variant_id = line.Product.VariantId, quantity = line.Quantity }) });
    }

    [Fact]
    public async Task The_same_transfer_again_does_nothing()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5 });
        var (harbour, id) = (await acme.NewLocation(), Guid.CreateVersion7());

        var first = await acme.Transfer(flour.VariantId, 2, harbour, id: id).Returns(201);
        (await acme.Transfer(flour.VariantId, 2, harbour, id: id).Returns(201)).Text.ShouldBe(first.Text);
        await acme.Transfer(flour.VariantId, 1, harbour, id: id).Refused(409, "already_exists");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => acme.Transfer(flour.VariantId, 2, harbour, id: id).Returns(201)));
        (await acme.OnHandAt(flour.VariantId, main), await acme.OnHandAt(flour.VariantId, harbour)).ShouldBe((3, 2));
    }

    [Fact]
    public async Task What_is_promised_to_orders_stays_for_them()
    {
        var acme = await api.NewBusiness();
        var lamp = await acme.Sell(stock: 3);
        var harbour = await acme.NewLocation();
        await api.Buy(acme, new Basket(new BasketLine(lamp, 2)));
        await acme.Transfer(lamp, 2, harbour).Refused(422, "out_of_stock");
        await acme.Transfer(lamp, 1, harbour).Returns(201);

        // the storefront sells what is at the default location, and no more
        await api.Checkout(acme, new Basket(new BasketLine(lamp))).Refused(422, "out_of_stock");
        (await acme.Stock(lamp)).ShouldBe((2, 2, 0));
    }

    [Fact]
    public async Task At_any_time_the_level_is_the_sum_of_the_movements()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 9 });
        var harbour = await acme.NewLocation();
        foreach (var quantity in new[] { 4m, 1.5m })
        {
            await acme.Transfer(flour.VariantId, quantity, harbour).Returns(201);
            await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -0.5, reason = "Torn", location_id = harbour }).Returns(204);
        }

        foreach (var location in new[] { main, harbour })
        {
            var movements = (await acme.Owner.Get($"/business/stock/movements?location={location}&limit=100").Returns(200)).Data.Reverse().ToArray();
            var item = (await acme.Owner.Get($"{flour.Stock}?location={location}").Returns(200)).Json;
            var history = (await acme.Owner.Get($"/history/stock/{item.Text("id")}?limit=100").Returns(200)).Data;
            var sum = 0m;
            foreach (var movement in movements)
            {
                sum += movement.GetProperty("quantity").GetDecimal() * (movement.Text("movement_type") == "in" ? 1 : -1);
                var version = history.Single(entry => entry.Text("id") == movement.Text("id")).GetProperty("version").GetInt32();
                (await acme.Owner.Get($"{flour.Stock}?location={location}&at_version={version}").Returns(200)).Json.GetProperty("on_hand").GetDecimal().ShouldBe(sum);
            }

            sum.ShouldBe(item.GetProperty("on_hand").GetDecimal());
        }
    }

    [Fact]
    public async Task Of_a_hundred_transfers_and_sales_of_the_last_ones_as_many_are_made_as_there_are()
    {
        var acme = await api.NewBusiness();
        var lamp = await acme.Goods(stock: 10);
        var (harbour, till) = (await acme.NewLocation(), await acme.NewTill());

        var turn = 0;
        var answers = await Races.OfAHundred(() => Interlocked.Increment(ref turn) % 2 == 0 ? acme.Transfer(lamp, 1, harbour) : till.RingUp(lamp, 1, PosStarters.Cash(595)));

        answers.ShouldAllBe(answer => answer.Status == 201 || (answer.Status == 422 && answer.Json.GetProperty("code").GetString() == "out_of_stock"));
        answers.Count(answer => answer.Status == 201).ShouldBe(10);
        (await acme.OnHandAt(lamp, main)).ShouldBe(0);
        (await acme.OnHandAt(lamp, harbour) ?? 0).ShouldBe(answers.Count(answer => answer.Status == 201 && answer.Json.TryGetProperty("lines", out _)));
        (await acme.MovedAt(lamp, main)).ShouldBe(0);
    }
}
