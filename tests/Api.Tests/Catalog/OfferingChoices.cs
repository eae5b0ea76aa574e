using System.Text.Json;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>CAT-11: groups of choices, the products that name them, and who sees them.</summary>
public sealed class OfferingChoices(ApiFixture api)
{
    private const string Path = "/business/option-groups";

    [Fact]
    public async Task Everybody_sees_what_there_is_to_choose()
    {
        var diner = await api.NewDiner();
        await diner.SellsOut(diner.Bacon);

        foreach (var product in (JsonElement[])[(await Shown(diner.Burger)).Json, (await api.Guest.Get($"/storefronts/{diner.Shop.Subdomain}/products?q=burger").Returns(200)).Data.Single()])
        {
            var groups = product.List("option_groups");
            groups.Select(group => (group.Text("name"), group.Text("min_selections"), group.Text("max_selections"))).ShouldBe([("Doneness", "1", "1"), ("Toppings", "0", "3")]);
            groups.SelectMany(group => group.List("choices")).Select(choice => $"{choice.Text("name")} {choice.Cents("price")} {choice.Text("limit")} {choice.GetProperty("default")} {choice.GetProperty("available")}")
                .ShouldBe(["Rare 0 1 True True", "Well done 0 1 False True", "Cheese 150 2 False True", "Bacon 200 1 False False"]);
        }

        (await Shown(diner.Water)).Json.List("option_groups").ShouldBeEmpty();
        (await diner.Shop.Read(diner.Burger)).List("option_group_ids").Select(id => id.GetGuid()).ShouldBe([diner.Doneness.Id, diner.Toppings.Id]);
        await diner.Shop.Owner.Delete(diner.Toppings.Path).Returns(204);
        (await Shown(diner.Burger)).Json.List("option_groups").Texts("name").ShouldBe(["Doneness"]);
        (await diner.Shop.Read(diner.Burger)).List("option_group_ids").Length.ShouldBe(2);

        Task<ApiAnswer> Shown(TestProduct product) => api.Guest.Get($"/storefronts/{diner.Shop.Subdomain}/products/{product.Id}").Returns(200);
    }

    [Fact]
    public async Task A_group_is_made_changed_and_put_away()
    {
        var shop = await api.NewBusiness();
        var id = Guid.NewGuid();
        var created = await shop.Owner.Post(Path, new { id, name = "Sauces", max_selections = 2, choices = new object[] { new { name = "Chili", price = Eur(50) }, new { name = "Garlic" } } }).Returns(201);
        created.Id.ShouldBe(id);
        var (chili, garlic) = (Choice(created, 0), Choice(created, 1));
        var path = $"{Path}/{id}";
        (await shop.Owner.Put($"{path}/choices/{garlic}/availability", new { available = false }).IfMatch("\"v1\"").Returns(204)).ETag.ShouldBe("\"v2\"");
        (await shop.Owner.Put($"{path}/choices/{garlic}/availability", new { available = false }).Returns(204)).ETag.ShouldBe("\"v2\"");

        await shop.Owner.Patch(path, new { choices = new object[] { new { id = garlic, name = "Garlic" }, new { name = "Mint", price = Eur(70) }, new { id = chili, name = "Chili", price = Eur(60), limit = 2 } } })
            .IfMatch("\"v2\"").Returns(204);
        var group = (await shop.Owner.Get(path).Returns(200)).Json;
        group.List("choices").Select(choice => $"{choice.Text("name")} {choice.Cents("price")} {choice.Text("limit")} {choice.GetProperty("available")}")
            .ShouldBe(["Garlic 0 1 False", "Mint 70 1 True", "Chili 60 2 True"]);
        (group.List("choices")[2].GetProperty("id").GetGuid(), group.Text("version")).ShouldBe((chili, "3"));
        (await shop.Owner.Patch(path, new { name = "Sauces" }).Returns(204)).ETag.ShouldBe("\"v3\"");
        await shop.Owner.Patch(path, new { name = "Dips" }).IfMatch("\"v1\"").Refused(412, "stale_version");

        await shop.NewOptionGroup("Extras", 0, 1, new { name = "Napkin" });
        (await shop.Owner.Get(Path).Returns(200)).Data.Texts("name").ShouldBe(["Extras", "Sauces"]);
        (await shop.Owner.Pages($"{Path}?limit=1")).Texts("name").ShouldBe(["Extras", "Sauces"]);
        await shop.Owner.Delete(path).Returns(204);
        (await shop.Owner.Get(Path).Returns(200)).Data.Texts("name").ShouldBe(["Extras"]);
        (await shop.Owner.Get($"{Path}?archived=true").Returns(200)).Data.Texts("name").ShouldBe(["Sauces"]);
        (await shop.Owner.Delete(path).Returns(204)).ETag.ShouldBe("\"v4\"");
        await shop.Owner.Patch(path, new { name = "Dips" }).Refused(409, "illegal_transition");
        (await shop.Owner.Get($"/history/option-groups/{id}").Returns(200)).Data.Texts("type")
            .ShouldBe(["option_group.created", "option_group.choice_availability_changed", "option_group.changed", "option_group.archived"]);

        static Guid Choice(ApiAnswer created, int index) => created.Json.List("choices")[index].GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task What_is_wrong_with_a_group_is_named()
    {
        var shop = await api.NewBusiness();
        object napkin = new { name = "Napkin" };
        await Wrong(400, "selections_invalid", 2, 1, napkin);
        await Wrong(400, "selections_invalid", 0, 1, new { name = "Napkin", limit = 0 });
        await Wrong(400, "name_invalid", 0, 1, new { name = "" });
        await Wrong(400, "price_invalid", 0, 1, new { name = "Napkin", price = Eur(-1) });
        await Wrong(409, "duplicate_choice", 0, 1, napkin, napkin);
        await Wrong(422, "choice_count", 0, 1);
        await Wrong(422, "selections_unreachable", 2, 2, napkin);
        await Wrong(422, "too_many_defaults", 0, 1, new { name = "Napkin", @default = true }, new { name = "Fork", @default = true });
        (await Wrong(422, "currency_mismatch", 0, 1, napkin, new { name = "Fork", price = new { amount = 1, currency = "USD" } })).Faults.ShouldBe(["/choices/1/price/currency currency_mismatch"]);
        var group = await shop.NewOptionGroup("Extras", 0, 1, napkin);
        await shop.Owner.Post(Path, new { id = group.Id, name = "Extras", choices = new[] { napkin } }).Refused(409, "already_exists");
        (await shop.Owner.Patch(group.Path, new { choices = new object[] { napkin, new { id = Guid.NewGuid(), name = "Fork" } } }).Refused(404, "not_found")).Faults.ShouldBe(["/choices/1/id not_found"]);
        await shop.Owner.Put($"{group.Path}/choices/{Guid.NewGuid()}/availability", new { available = true }).Refused(404, "not_found");
        await shop.Owner.Get($"{Path}/{Guid.NewGuid()}").Refused(404, "not_found");

        Task<ApiAnswer> Wrong(int status, string code, int min, int max, params object[] choices) =>
            shop.Owner.Post(Path, new { name = "Extras", min_selections = min, max_selections = max, choices }).Refused(status, code);
    }

    [Fact]
    public async Task A_product_names_groups_that_there_are()
    {
        var (diner, other) = (await api.NewDiner(), await api.NewDiner());
        var (shop, burger) = (diner.Shop, diner.Burger);
        var refused = await shop.SetOptionGroups(burger, diner.Doneness.Id, other.Toppings.Id, Guid.NewGuid()).Refused(404, "not_found");
        refused.Faults.ShouldBe(["/option_group_ids/1 not_found", "/option_group_ids/2 not_found"]);
        await shop.SetOptionGroups(burger, diner.Doneness.Id, diner.Doneness.Id).Refused(409, "duplicate_option_group");
        await shop.SetOptionGroups(burger, [.. Enumerable.Range(0, 21).Select(_ => Guid.NewGuid())]).Refused(422, "too_many_option_groups");
        await shop.SetOptionGroups(burger, diner.Toppings.Id).IfMatch("\"v1\"").Refused(412, "stale_version");

        await shop.Owner.Delete(diner.Toppings.Path).Returns(204);
        (await shop.SetOptionGroups(diner.Water, diner.Toppings.Id).Refused(409, "option_group_archived")).Faults.ShouldBe(["/option_group_ids/0 option_group_archived"]);
        await shop.SetOptionGroups(burger, diner.Toppings.Id, diner.Doneness.Id).Returns(204); // it names it already
        (await shop.Read(burger)).List("option_group_ids").Select(id => id.GetGuid()).ShouldBe([diner.Toppings.Id, diner.Doneness.Id]);
        await shop.SetOptionGroups(burger).Returns(204);
        (await shop.Owner.Get($"/history/products/{burger.Id}").Returns(200)).Data.Texts("type").Count(type => type == "product.option_groups_set").ShouldBe(3);

        var cashier = await api.NewMember(shop, Role.Cashier);
        await cashier.Put($"{burger.Path}/option-groups", new { option_group_ids = Array.Empty<Guid>() }).Refused(403, "missing_permission");
        await other.Shop.Owner.Get(diner.Doneness.Path).Refused(404, "not_found");
        await other.Shop.Owner.Put($"{diner.Doneness.Path}/choices/{diner.Rare}/availability", new { available = false }).Refused(404, "not_found");
    }
}
