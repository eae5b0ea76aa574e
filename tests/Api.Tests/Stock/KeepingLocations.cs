using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Exports;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Stock;

public sealed class KeepingLocations(ApiFixture api)
{
    private static readonly Guid main = LocationId.Default.Value;

    [Fact]
    public async Task The_default_location_is_there_from_the_beginning_and_can_be_named()
    {
        var acme = await api.NewBusiness();
        var only = (await acme.Owner.Get("/business/locations").Returns(200)).Data.Single();
        (only.GetProperty("id").GetGuid(), only.Text("name"), only.GetProperty("default").GetBoolean()).ShouldBe((main, "Main location", true));

        await acme.Owner.Patch($"/business/locations/{main}", new { name = "Bakery", address = "Lindenstr. 1" }).Returns(204);
        var named = await acme.Owner.Get($"/business/locations/{main}").Returns(200);
        (named.Json.Text("name"), named.Json.Text("address"), named.ETag).ShouldBe(("Bakery", "Lindenstr. 1", "\"v1\""));
        await acme.Owner.Patch($"/business/locations/{main}", new { address = (string?)null }).IfMatch(named.ETag!).Returns(204);
        var moved = (await acme.Owner.Get($"/business/locations/{main}").Returns(200)).Json;
        (moved.Text("name"), moved.Text("address")).ShouldBe(("Bakery", null));
        await acme.Owner.Patch($"/business/locations/{main}", new { name = "Late" }).IfMatch(named.ETag!).Refused(412, "stale_version");
        await acme.Owner.Post($"/business/locations/{main}/retire").Refused(409, "default_location");
        await acme.Owner.Post("/business/locations", new { id = main, name = "Another" }).Refused(400, "validation_failed");
        (await (await api.NewBusiness()).Owner.Get($"/business/locations/{main}").Returns(200)).Json.Text("name").ShouldBe("Main location");
    }

    [Fact]
    public async Task Further_ones_are_created_renamed_and_retired()
    {
        var acme = await api.NewBusiness();
        var id = Guid.CreateVersion7();
        var created = await acme.Owner.Post("/business/locations", new { id, name = "Harbour", address = "Quay 1" }).Returns(201);
        (created.Id, created.Header("Location")).ShouldBe((id, $"/api/v1/business/locations/{id}"));
        await acme.Owner.Post("/business/locations", new { id, name = "Other" }).Refused(409, "already_exists");
        await acme.Owner.Post("/business/locations", new { name = "HARBOUR" }).Refused(409, "location_name_taken");
        await acme.Owner.Post("/business/locations", new { name = "main location" }).Refused(409, "location_name_taken");
        await acme.Owner.Post("/business/locations", new { name = " " }).Refused(400, "name_invalid");
        await acme.Owner.Post("/business/locations", new { name = "Far", address = new string('x', 501) }).Refused(400, "address_invalid");
        var attic = await acme.NewLocation("Attic");
        await acme.Owner.Patch($"/business/locations/{id}", new { name = "Attic" }).Refused(409, "location_name_taken");
        await acme.Owner.Patch($"/business/locations/{main}", new { name = "attic" }).Refused(409, "location_name_taken");
        await acme.Owner.Patch($"/business/locations/{id}", new { name = "Quay" }).Returns(204);
        (await Names()).ShouldBe(["Main location", "Attic", "Quay"]);
        (await acme.Owner.Pages("/business/locations?limit=1")).Texts("name").ShouldBe(await Names());
        (await acme.Owner.Get($"/business/locations/{id}?at_version=1").Returns(200)).Json.Text("name").ShouldBe("Harbour");
        await acme.Owner.Patch($"/business/locations/{main}", new { name = "Bakery" }).Returns(204); // and two steps more than it, later
        await acme.Owner.Patch($"/business/locations/{main}", new { name = "Cake shop" }).Returns(204);
        await acme.Owner.Patch($"/business/locations/{main}", new { name = "Main location" }).Returns(204);
        (await acme.Owner.Get($"/business/locations/{id}?at_version=1").Returns(200)).Json.Text("name").ShouldBe("Harbour");
        (await acme.Owner.Get($"/business/locations/{id}?at_version=3").Refused(404, "version_not_found")).Json.GetProperty("current_version").GetInt32().ShouldBe(2);
        (await acme.Owner.Get($"/business/locations/{main}?at_version=2").Returns(200)).Json.Text("name").ShouldBe("Cake shop");
        (await acme.Owner.Get($"/history/locations/{id}").Returns(200)).Data.Texts("type").ShouldBe(["location.created", "location.renamed"]);

        await acme.Owner.Post($"/business/locations/{attic}/retire").Returns(204);
        await acme.Owner.Post($"/business/locations/{attic}/retire").Returns(204);
        (await acme.Owner.Get($"/business/locations/{attic}").Returns(200)).Json.GetProperty("retired").GetBoolean().ShouldBeTrue();
        await acme.NewLocation("Attic"); // the name is free again
        await acme.Owner.Get($"/business/locations/{Guid.NewGuid()}").Refused(404, "not_found");

        async Task<string?[]> Names() => [.. (await acme.Owner.Get("/business/locations").Returns(200)).Data.Texts("name")];
    }

    [Fact]
    public async Task It_stays_while_goods_or_a_register_are_there()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5 });
        var harbour = await acme.NewLocation();
        var retire = $"/business/locations/{harbour}/retire";
        await acme.Transfer(flour.VariantId, 2, harbour).Returns(201);
        (await acme.Owner.Post(retire).Refused(409, "location_in_use")).Json.GetProperty("goods").GetBoolean().ShouldBeTrue();
        await acme.Transfer(flour.VariantId, 2, from: harbour).Returns(201);
        var till = (await acme.Owner.Post("/business/registers", new { code = "H", name = "Till", location_id = harbour }).Returns(201)).Id;
        (await acme.Owner.Post(retire).Refused(409, "location_in_use")).Json.GetProperty("registers").GetBoolean().ShouldBeTrue();
        await acme.Owner.Put($"/business/registers/{till}/location", new { location_id = main }).Returns(204);
        await acme.Owner.Post(retire).Returns(204);

        await acme.Transfer(flour.VariantId, 1, harbour).Refused(409, "location_retired");
        await acme.Owner.Put($"/business/registers/{till}/location", new { location_id = harbour }).Refused(409, "location_retired");
        await acme.Owner.Post("/business/registers", new { code = "I", name = "Till", location_id = harbour }).Refused(409, "location_retired");
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 1, location_id = harbour }).Refused(409, "location_retired");

        // nothing is listed that is kept nowhere; what happened there stays
        (await acme.OnHandAt(flour.VariantId, harbour)).ShouldBeNull();
        (await acme.Owner.Get("/business/stock/items").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("location_id").GetGuid().ShouldBe(main);
        (await acme.Owner.Get("/business/stock/items?low=true").Returns(200)).Data.ShouldBeEmpty();
        (await api.Guest.Get((await acme.Owner.NewExport("stock")).Link.Path).Returns(200)).Text.ShouldNotContain(harbour.ToString());
        (await acme.Owner.Get($"/business/stock/movements?location={harbour}").Returns(200)).Data.Length.ShouldBe(2);
        var ledger = (await acme.Owner.Get($"{flour.Stock}?location={harbour}").Returns(200)).Json;
        (await acme.Owner.Get($"{flour.Stock}?location={harbour}&at_version=2").Returns(200)).Json.Text("on_hand").ShouldBe("2");
        (await acme.Owner.Get($"/history/stock/{ledger.Text("id")}").Returns(200)).Data[0].Text("type").ShouldBe("stock.item_opened");
    }

    [Fact]
    public async Task A_version_of_the_past_is_one_of_the_ledger_that_is_asked_for()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { policy = "deny" });
        var harbour = await acme.NewLocation();
        foreach (var (quantity, location) in new[] { (1, harbour), (1, harbour), (1, main), (1, main), (1, main), (1, main) })
        {
            await acme.Owner.Post($"{flour.Stock}/receive", new { quantity, location_id = location }).Returns(204);
        }

        // opened, received, replenished, received
        (await acme.Owner.Get($"{flour.Stock}?location={harbour}&at_version=2").Returns(200)).Json.Text("on_hand").ShouldBe("1");
        (await acme.Owner.Get($"{flour.Stock}?location={harbour}&at_version=4").Returns(200)).Json.Text("on_hand").ShouldBe("2");
        (await acme.Owner.Get($"{flour.Stock}?at_version=4").Returns(200)).Json.Text("on_hand").ShouldBe("2");
        (await acme.Owner.Get($"{flour.Stock}?location={harbour}&at_version=5").Refused(404, "version_not_found")).Json.GetProperty("current_version").GetInt32().ShouldBe(4);
    }

    [Theory]
    [InlineData("receive", """{"quantity": 1, "location_id": "?"}""")]
    [InlineData("adjust", """{"delta": 1, "reason": "Found", "location_id": "?"}""")]
    [InlineData("count", """{"counted": 1, "location_id": "?"}""")]
    [InlineData("minimum", """{"minimum": 1, "location_id": "?"}""")]
    [InlineData("policy", """{"policy": "backorder", "location_id": "?"}""")]
    public async Task Every_step_can_be_made_at_a_further_location_and_moves_nothing_elsewhere(string step, string body)
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5, minimum = 2, policy = "deny" });
        var before = (await acme.Owner.Get(flour.Stock).Returns(200)).Said();
        var harbour = await acme.NewLocation();
        await acme.Owner.Get($"{flour.Stock}?location={harbour}").Refused(404, "not_found");
        await Step(flour, Guid.NewGuid()).Refused(404, "not_found");
        await Step(flour with { VariantId = flour.Id }, harbour).Refused(404, "not_found");
        await Step(flour, harbour).IfMatch("\"v9\"").Refused(412, "stale_version");
        await Step(flour, harbour).Returns(204);

        var there = await acme.Owner.Get($"{flour.Stock}?location={harbour}").Returns(200);
        await Step(flour, harbour).IfMatch(there.ETag!).Returns(204);
        (there.Json.GetProperty("location_id").GetGuid(), there.Json.GetProperty("variant_id").GetGuid()).ShouldBe((harbour, flour.VariantId));
        (there.Json.Text("minimum"), there.Json.Text("policy")).ShouldBe((step == "minimum" ? "1" : "2", step == "policy" ? "backorder" : "deny"));
        there.Json.Text("on_hand").ShouldBe(step is "minimum" or "policy" ? "0" : "1");
        (await acme.Owner.Get(flour.Stock).Returns(200)).Said().ShouldBe(before);
        var ledger = flour with { VariantId = Guid.Parse(there.Json.Text("id")!) }; // which is no variant
        await Step(ledger, main).Refused(404, "not_found");
        await Step(ledger, harbour).Refused(404, "not_found");
        await acme.Owner.Get(ledger.Stock).Refused(404, "not_found");
        await acme.Transfer(ledger.VariantId, 1, harbour).Refused(404, "not_found");
        (await acme.Owner.Get($"/history/stock/{there.Json.Text("id")}").Returns(200)).Data[0].Text("type").ShouldBe("stock.item_opened");

        ApiRequest Step(TestProduct product, Guid location)
        {
            var said = body.Replace("?", location.ToString(), StringComparison.Ordinal);
            return step is "minimum" or "policy" ? acme.Owner.Put($"{product.Stock}/{step}", said) : acme.Owner.Post($"{product.Stock}/{step}", said);
        }
    }

    [Fact]
    public async Task Levels_movements_and_values_are_told_for_each_location()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5, minimum = 2 });
        var harbour = await acme.NewLocation();
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 2, unit_cost = CatalogStarters.Eur(100), location_id = harbour }).Returns(204);
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 5, unit_cost = CatalogStarters.Eur(200), location_id = main }).Returns(204);

        (await Items("")).ShouldBe([(main, 10m), (harbour, 2m)]);
        (await Items($"location={harbour}")).ShouldBe([(harbour, 2m)]);
        (await Items($"location={main}")).ShouldBe([(main, 10m)]);
        (await Items($"location={Guid.NewGuid()}")).ShouldBeEmpty();
        (await Items("low=true")).ShouldBe([(harbour, 2m)]);
        (await Items($"low=true&location={main}")).ShouldBeEmpty();
        (await acme.Owner.Pages("/business/stock/items?limit=1").ContinueWith(pages => pages.Result.Length)).ShouldBe(2);
        (await Value("")).ShouldBe((2_200, 1));
        (await Value($"?location={harbour}")).ShouldBe((200, 1));
        (await Value($"?location={main}")).ShouldBe((2_000, 1));
        foreach (var location in new[] { main, harbour })
        {
            (await acme.MovedAt(flour.VariantId, location)).ShouldBe((await acme.OnHandAt(flour.VariantId, location))!.Value);
        }

        // the storefront sells from the default location, and the product shows what is there
        (await acme.Owner.Get(flour.Path).Returns(200)).Json.List("variants")[0].GetProperty("stock").Text("on_hand").ShouldBe("10");

        async Task<(Guid, decimal)[]> Items(string query) =>
            [.. (await acme.Owner.Get($"/business/stock/items?{query}").Returns(200)).Data.Select(item => (item.GetProperty("location_id").GetGuid(), item.GetProperty("on_hand").GetDecimal()))];

        async Task<(long, int)> Value(string query)
        {
            var valuation = (await acme.Owner.Get($"/business/stock/valuation{query}").Returns(200)).Json;
            return (valuation.Cents("value"), valuation.GetProperty("variants").GetInt32());
        }
    }

    [Fact]
    public async Task What_is_made_at_a_location_is_made_of_what_is_there()
    {
        var acme = await api.NewBusiness();
        var (flour, bread) = (await acme.NewProduct("Flour", stock: new { quantity = 5 }), await acme.NewProduct("Bread"));
        var harbour = await acme.NewLocation();
        object Batch(Guid? location) => new
        {
            inputs = new[] { new { variant_id = flour.VariantId, quantity = 2 } },
            outputs = new[] { new { variant_id = bread.VariantId, quantity = 3 } },
            location_id = location,
        };
        (await acme.Owner.Post("/business/stock/productions", Batch(harbour)).Refused(422, "out_of_stock")).Faults.ShouldBe(["/inputs/0/quantity out_of_stock"]);
        await acme.Transfer(flour.VariantId, 4, harbour).Returns(201);
        await acme.Owner.Post("/business/stock/productions", Batch(harbour)).Returns(200);
        (await acme.OnHandAt(flour.VariantId, harbour), await acme.OnHandAt(bread.VariantId, harbour), await acme.OnHandAt(bread.VariantId, main)).ShouldBe((2, 3, 0));
    }

    [Fact]
    public async Task Who_may_not_change_stock_may_not_change_locations()
    {
        var acme = await api.NewBusiness();
        var harbour = await acme.NewLocation();
        var staff = await api.NewMember(acme, Role.Staff);
        await staff.Post("/business/locations", new { name = "Mine" }).Refused(403, "missing_permission");
        await staff.Post($"/business/locations/{harbour}/retire").Refused(403, "missing_permission");
    }
}
