using Mainstreet.Api.Tests.Catalog;

namespace Mainstreet.Api.Tests.Stock;

public sealed class RunningLow(ApiFixture api)
{
    [Fact]
    public async Task Each_crossing_is_told_once()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 10, minimum = 4 });
        (await Taken(5)).ShouldBe("available");
        (await Taken(1)).ShouldBe("low");
        (await Taken(1)).ShouldBe("low");
        (await Taken(3)).ShouldBe("depleted");
        (await Taken(-2)).ShouldBe("low");
        (await Taken(-3)).ShouldBe("available");
        await acme.Owner.Put($"{flour.Stock}/minimum", new { minimum = 5 }).Returns(204);
        await acme.Owner.Put($"{flour.Stock}/minimum", new { minimum = 5 }).Returns(204);
        (await Status()).ShouldBe("low");

        (await acme.Owner.Get($"/history/stock/{flour.VariantId}?limit=100").Returns(200)).Data.Texts("type")
            .Where(type => type is "stock.low" or "stock.depleted" or "stock.replenished" or "stock.minimum_set")
            .ShouldBe(["stock.replenished", "stock.low", "stock.depleted", "stock.replenished", "stock.minimum_set", "stock.low"]);

        async Task<string?> Taken(int quantity)
        {
            await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -quantity, reason = "Used" }).Returns(204);
            return await Status();
        }

        async Task<string?> Status() => (await acme.Owner.Get(flour.Stock).Returns(200)).Json.Text("status");
    }

    [Fact]
    public async Task A_policy_says_whether_more_may_leave_than_there_is()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 1 });
        await Take(2).Refused(422, "out_of_stock");
        (await Policy("backorder")).ShouldBe("available");
        await Take(2).Returns(204);
        (await Policy("untracked")).ShouldBe("untracked");
        (await Policy("deny")).ShouldBe("depleted");
        await Take(1).Refused(422, "out_of_stock");
        (await acme.Owner.Get(flour.Stock).Returns(200)).Json.Text("on_hand").ShouldBe("-1");
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 3 }).Returns(204);
        await Take(2).Returns(204);
        var version = (await acme.Owner.Get(flour.Stock).Returns(200)).ETag;
        (await acme.Owner.Put($"{flour.Stock}/policy", new { policy = "deny" }).Returns(204)).ETag.ShouldBe(version);

        ApiRequest Take(int quantity) => acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -quantity, reason = "Used" });

        async Task<string?> Policy(string policy)
        {
            await acme.Owner.Put($"{flour.Stock}/policy", new { policy }).Returns(204);
            return (await acme.Owner.Get(flour.Stock).Returns(200)).Json.Text("status");
        }
    }

    [Fact]
    public async Task The_shelf_is_listed_by_name_and_what_is_low_on_its_own()
    {
        var acme = await api.NewBusiness();
        await acme.NewProduct("Sugar", sku: "S-1", stock: new { quantity = 9, minimum = 2 });
        await acme.NewProduct("Flour", stock: new { quantity = 2, minimum = 2 });
        await acme.NewProduct("Butter");
        await acme.NewProduct("Advice", stock: new { policy = "untracked" });
        var gone = await acme.NewProduct("Gone");
        await acme.Owner.Delete(gone.Path).Returns(204);

        (await Listed("")).ShouldBe(["Advice untracked", "Butter depleted", "Flour low", "Sugar available"]);
        (await Listed("low=true")).ShouldBe(["Butter depleted", "Flour low"]);
        (await Listed("low=false")).ShouldBe(["Advice untracked", "Sugar available"]);
        (await Listed("q=s-1")).ShouldBe(["Sugar available"]);
        (await acme.Owner.Pages("/business/stock/items?limit=1")).Texts("product_name").ShouldBe(["Advice", "Butter", "Flour", "Sugar"]);
        await acme.Owner.Get("/business/stock/items?low=perhaps").Refused(400, "invalid_parameter");

        async Task<string[]> Listed(string query) =>
            [.. (await acme.Owner.Get($"/business/stock/items?{query}").Returns(200)).Data.Select(item => $"{item.Text("product_name")} {item.Text("status")}")];
    }
}
