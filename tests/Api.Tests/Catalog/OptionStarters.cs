using System.Text.Json;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>A place that sells a burger for 9.90: rare or well done, with up to three toppings, of which cheese twice. Its water comes as it is.</summary>
internal sealed record TestDiner(TestBusiness Shop, TestProduct Burger, TestProduct Water, TestOptionGroup Doneness, TestOptionGroup Toppings)
{
    public Guid Rare => Doneness.Choices[0];

    public Guid Done => Doneness.Choices[1];

    /// <summary>1.50 each.</summary>
    public Guid Cheese => Toppings.Choices[0];

    /// <summary>2.00.</summary>
    public Guid Bacon => Toppings.Choices[1];

    /// <summary>A line of burgers.</summary>
    public object Line(int quantity, params (Guid Choice, int Quantity)[] choices) =>
        new { variant_id = Burger.VariantId, quantity, choices = choices.Select(choice => new { choice_id = choice.Choice, quantity = choice.Quantity }).ToArray() };

    public Task<ApiAnswer> SellsOut(Guid choice, bool available = false) =>
        Shop.Owner.Put($"{(Doneness.Choices.Contains(choice) ? Doneness : Toppings).Path}/choices/{choice}/availability", new { available }).Returns(204);
}

internal sealed record TestOptionGroup(Guid Id, Guid[] Choices)
{
    public string Path => $"/business/option-groups/{Id}";
}

internal static class OptionStarters
{
    public static async Task<TestOptionGroup> NewOptionGroup(this TestBusiness shop, string name, int min, int max, params object[] choices)
    {
        var created = await shop.Owner.Post("/business/option-groups", new { name, min_selections = min, max_selections = max, choices }).Returns(201);
        return new(created.Id, [.. created.Json.List("choices").Select(choice => choice.GetProperty("id").GetGuid())]);
    }

    public static ApiRequest SetOptionGroups(this TestBusiness shop, TestProduct product, params Guid[] groups) =>
        shop.Owner.Put($"{product.Path}/option-groups", new { option_group_ids = groups });

    public static async Task<TestDiner> NewDiner(this ApiFixture api, TestBusiness? business = null)
    {
        var shop = business ?? await api.NewBusiness("diner");
        var burger = await shop.NewProduct("Burger", 990, publish: true, stock: new { quantity = 20 });
        var water = await shop.NewProduct("Water", 300, publish: true, stock: new { quantity = 20 });
        var doneness = await shop.NewOptionGroup("Doneness", 1, 1, new { name = "Rare", @default = true }, new { name = "Well done" });
        var toppings = await shop.NewOptionGroup("Toppings", 0, 3, new { name = "Cheese", price = Eur(150), limit = 2 }, new { name = "Bacon", price = Eur(200) });
        await shop.SetOptionGroups(burger, doneness.Id, toppings.Id).Returns(204);
        await shop.Owner.Post("/business/storefront/publish").Returns(204);
        return new(shop, burger, water, doneness, toppings);
    }

    /// <summary>What was chosen with a line: "Toppings: 2 Cheese 150".</summary>
    public static string[] Choices(this JsonElement line) => line.TryGetProperty("choices", out var choices)
        ? [.. choices.EnumerateArray().Select(choice => $"{choice.Text("group")}: {choice.Text("quantity")} {choice.Text("name")} {choice.Cents("price")}")]
        : [];
}
