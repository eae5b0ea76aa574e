using Mainstreet.Api.Tests.Catalog;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Stock;

/// <summary>Goods that become others (STK-05), and what all of them are worth (STK-06).</summary>
public sealed class ProducingGoods(ApiFixture api)
{
    private const string Productions = "/business/stock/productions";

    [Fact]
    public async Task What_goes_in_pays_for_what_comes_out()
    {
        var acme = await api.NewBusiness();
        var (flour, water) = (await acme.NewProduct("Flour"), await acme.NewProduct("Water", stock: new { policy = "untracked" }));
        var (bread, crumbs) = (await acme.NewProduct("Bread"), await acme.NewProduct("Crumbs"));
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 10, unit_cost = Eur(133) }).Returns(204);

        var made = (await acme.Owner.Post(Productions, new
        {
            inputs = new[] { new { variant_id = flour.VariantId, quantity = 4.5 }, new { variant_id = water.VariantId, quantity = 3.0 } },
            outputs = new[] { new { variant_id = bread.VariantId, quantity = 7.0, weight = 1 }, new { variant_id = crumbs.VariantId, quantity = 0.2, weight = 0 } },
            reference = "Monday",
        }).Returns(200)).Json;

        made.Cents("cost").ShouldBe(599);
        made.GetProperty("outputs").EnumerateArray().Select(output => output.Cents("cost")).ShouldBe([599, 0]);
        (await Level(acme, flour)).ShouldBe("5.5 133");
        (await Level(acme, bread)).ShouldBe("7 86");
        (await Level(acme, crumbs)).ShouldBe("0.2 0");
        var moved = (await acme.Owner.Get("/business/stock/movements?reference_type=production").Returns(200)).Data;
        moved.Select(movement => string.Join(' ', movement.Text("variant_name"), movement.Text("movement_type"), movement.Text("quantity"), movement.Text("note")))
            .ShouldBe(["Crumbs in 0.2 Monday", "Bread in 7 Monday", "Flour out 4.5 Monday"]);
        moved.Texts("reference_id").Distinct().ShouldBe([made.Text("id")]);
        moved.Select(movement => movement.Cents("cost")).ShouldBe([0, 599, 599]);
        moved[1].Cents("unit_cost").ShouldBe(86);

        // said twice, done once
        var first = await acme.Owner.Post(Productions, Making(flour, 1, bread, 1)).Key("twice").Returns(200);
        (await acme.Owner.Post(Productions, Making(flour, 1, bread, 1)).Key("twice").Returns(200)).Text.ShouldBe(first.Text);
        (await Level(acme, flour)).ShouldBe("4.5 133");
    }

    [Fact]
    public async Task The_stock_is_worth_as_much_before_and_after()
    {
        var acme = await api.NewBusiness();
        var bakery = await acme.NewCategory("Bakery");
        var (flour, salt, bread) = (await acme.NewProduct("Flour"), await acme.NewProduct("Salt"), await acme.NewProduct("Bread", category: bakery));
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 10, unit_cost = Eur(133) }).Returns(204);
        await acme.Owner.Post($"{salt.Stock}/receive", new { quantity = 2 }).Returns(204);
        (await Valuation(acme)).ShouldBe("1330 of 2, 1 unknown: 1330");

        await acme.Owner.Post(Productions, Making(flour, 4, bread, 3)).Returns(200);
        (await Valuation(acme)).ShouldBe("1330 of 3, 1 unknown: 798 + Bakery 532");

        // what is sold no more is still worth what it cost; what is owed is worth nothing
        await acme.Owner.Delete(bread.Path).Returns(204);
        await acme.Owner.Put($"{flour.Stock}/policy", new { policy = "backorder" }).Returns(204);
        await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -7, reason = "Mice" }).Returns(204);
        (await Valuation(acme)).ShouldBe("532 of 2, 1 unknown: Bakery 532 + 0");
    }

    [Fact]
    public async Task What_cannot_be_made_moves_nothing()
    {
        var acme = await api.NewBusiness();
        var (flour, bread, service) = (await acme.NewProduct("Flour", stock: new { quantity = 5 }), await acme.NewProduct("Bread"), await acme.NewProduct("Baking", stock: new { policy = "untracked" }));
        var other = await (await api.NewBusiness()).NewProduct("Theirs", stock: new { quantity = 5 });

        await Refused(Making(flour, 5.001, bread, 1), "out_of_stock", "/inputs/0/quantity");
        await Refused(Making(flour, 0, bread, 1), "invalid_quantity", "/inputs/0/quantity");
        await Refused(Making(flour, 1, bread, 1.0005), "invalid_quantity", "/outputs/0/quantity");
        await Refused(Making(flour, 1, flour, 1), "named_twice", "/outputs/0/variant_id");
        await Refused(Making(flour, 1, service, 1), "not_tracked", "/outputs/0/quantity");
        (await acme.Owner.Post(Productions, Making(other, 1, bread, 1)).Refused(404, "not_found")).Faults.ShouldBe(["/inputs/0/variant_id not_found"]);
        (await acme.Owner.Post(Productions, Making(flour, 1, other, 1)).Refused(404, "not_found")).Faults.ShouldBe(["/outputs/0/variant_id not_found"]);
        await acme.Owner.Post(Productions, new { inputs = Array.Empty<object>(), outputs = Array.Empty<object>() }).Refused(400, "validation_failed");
        await acme.Owner.Post(Productions, Making(flour, 1, bread, 1, weight: 0)).Refused(400, "validation_failed");
        await acme.Owner.Post(Productions, Making(flour, 1, bread, 1, weight: -1)).Refused(400, "validation_failed");

        (await acme.Owner.Get("/business/stock/movements?reference_type=production").Returns(200)).Data.ShouldBeEmpty();
        (await Level(acme, flour)).ShouldBe("5 ");

        async Task Refused(object production, string code, string place) =>
            (await acme.Owner.Post(Productions, production).Refused(422, code)).Faults.ShouldBe([$"{place} {code}"]);
    }

    private static object Making(TestProduct input, double quantity, TestProduct output, double made, double weight = 1) => new
    {
        inputs = new[] { new { variant_id = input.VariantId, quantity } },
        outputs = new[] { new { variant_id = output.VariantId, quantity = made, weight } },
    };

    private static async Task<string> Level(TestBusiness acme, TestProduct product)
    {
        var item = (await acme.Owner.Get(product.Stock).Returns(200)).Json;
        return $"{item.Text("on_hand")} {(item.TryGetProperty("average_cost", out _) ? item.Cents("average_cost") : null)}";
    }

    private static async Task<string> Valuation(TestBusiness acme)
    {
        var valuation = (await acme.Owner.Get("/business/stock/valuation").Returns(200)).Json;
        var parts = valuation.GetProperty("by_category").EnumerateArray().Select(part => $"{part.Text("name")} {part.Cents("value")}".Trim());
        return $"{valuation.Cents("value")} of {valuation.Text("variants")}, {valuation.Text("without_cost")} unknown: {string.Join(" + ", parts)}";
    }
}
