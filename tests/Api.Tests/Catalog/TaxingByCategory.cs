using System.Text.Json;
using Mainstreet.Api.Tests.Imports;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>A restaurant whose drinks are taxed at 17% and whose books not at all; what has no category at 19%.</summary>
public sealed class TaxingByCategory(ApiFixture api)
{
    [Theory]
    [InlineData(true, 170, 4_650, "0% of 1000 0, 17% of 2000 340, 19% of 1000 190")]
    [InlineData(false, 199, 5_274, "0% of 1000 0, 17% of 2340 398, 19% of 1190 226")]
    public async Task A_quote_a_cart_and_an_order_say_the_same_of_each_rate(bool included, long each, long total, string taxes)
    {
        var bistro = await NewBistro(included);
        var basket = bistro.Basket();

        var quote = (await api.Guest.Post($"/storefronts/{bistro.Shop.Subdomain}/orders/quote", new { delivery_type = "pickup", lines = basket.Lines }).Returns(200)).Json;
        Rates(quote).ShouldBe(taxes);
        (quote.GetProperty("totals").Amount("total") + 120).ShouldBe(total);
        quote.List("lines").Select(line => (line.Text("tax_rate_percent"), line.Amount("tax")))
            .ShouldBe([("17", each * 2), ("0", 0), ("19", included ? 190 : 226)]);

        var cart = (await api.Guest.Post($"/storefronts/{bistro.Shop.Subdomain}/carts").Returns(201)).Id;
        foreach (var line in basket.Lines)
        {
            await api.Guest.Post($"/storefronts/{bistro.Shop.Subdomain}/carts/{cart}/items", line).Returns(201);
        }

        Rates((await api.Guest.Get($"/storefronts/{bistro.Shop.Subdomain}/carts/{cart}").Returns(200)).Json).ShouldBe(taxes);

        var placed = await api.Buy(bistro.Shop, basket with { Tip = Eur(120) });
        placed.Total.ShouldBe(total);
        Rates((await bistro.Shop.Owner.Get(placed.Path).Returns(200)).Json).ShouldBe(taxes);
        Rates((await api.Guest.Get(placed.GuestPath()).Returns(200)).Json).ShouldBe(taxes);
    }

    [Fact]
    public async Task Another_rate_is_for_what_is_bought_afterwards()
    {
        var bistro = await NewBistro();
        var owner = bistro.Shop.Owner;
        var before = await api.Buy(bistro.Shop, bistro.Basket());
        var sold = await owner.Get(before.Path).Returns(200);

        await owner.Put($"{Bistro.Category(bistro.Drinks)}/tax-rate", new { rate_percent = 7 }).Returns(204);

        (await owner.Get(before.Path).Returns(200)).Text.ShouldBe(sold.Text);
        Rates((await owner.Get((await api.Buy(bistro.Shop, bistro.Basket())).Path).Returns(200)).Json).ShouldBe("0% of 1000 0, 7% of 2187 153, 19% of 1000 190");
        await owner.Delete($"{Bistro.Category(bistro.Drinks)}/tax-rate").Returns(204);
        await owner.Patch("/business/settings", new { tax_rate_percent = 8 }).Returns(204);
        Rates((await owner.Get((await api.Buy(bistro.Shop, bistro.Basket())).Path).Returns(200)).Json).ShouldBe("0% of 1000 0, 8% of 3269 261");
        (await owner.Get($"/history/categories/{bistro.Drinks}").Returns(200)).Data.Texts("type").Count(type => type == "category.tax_rate_changed").ShouldBe(3);
    }

    [Fact]
    public async Task The_nearest_rate_above_holds_wherever_a_category_is_moved()
    {
        var bistro = await NewBistro();
        var owner = bistro.Shop.Owner;
        var teas = await bistro.Shop.NewCategory("Teas", bistro.Drinks);
        var herbal = await bistro.Shop.NewCategory("Herbal", teas);
        await Holds("17");
        await owner.Patch(Bistro.Category(teas), new { parent_id = bistro.Books }).Returns(204);
        await Holds("0");
        await owner.Patch(Bistro.Category(teas), """{"parent_id": null}""").Returns(204);
        await Holds("19");
        await owner.Put($"{Bistro.Category(teas)}/tax-rate", new { rate_percent = 2.5 }).Returns(204);
        await Holds("2.5");

        var tea = await bistro.Shop.NewProduct("Tea", 1_025, publish: true, category: herbal, stock: new { quantity = 5 });
        var order = (await owner.Get((await api.Buy(bistro.Shop, tea.VariantId)).Path).Returns(200)).Json;
        Rates(order).ShouldBe("2.5% of 1000 25");
        (await owner.Get(Bistro.Category(herbal)).Returns(200)).Json.TryGetProperty("tax_rate_percent", out _).ShouldBeFalse();
        (await owner.Get(Bistro.Category(teas)).Returns(200)).Json.Text("tax_rate_percent").ShouldBe("2.5");

        async Task Holds(string rate)
        {
            (await owner.Get("/business/tax-rates").Returns(200)).Json.List("categories").Single(shown => shown.GetProperty("category_id").GetGuid() == herbal)
                .Text("rate_percent").ShouldBe(rate);
            (await RateOfOrder(bistro, herbal)).ShouldBe(rate);
        }
    }

    [Fact]
    public async Task What_is_created_below_while_the_rate_is_set_has_it()
    {
        var bistro = await NewBistro();
        var owner = bistro.Shop.Owner;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? owner.Post("/business/categories", new { name = $"Drink {i}", parent_id = bistro.Drinks }).Send()
            : owner.Put($"{Bistro.Category(bistro.Drinks)}/tax-rate", new { rate_percent = i }).Send()));
        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Status == 204);

        var rates = (await owner.Get("/business/tax-rates").Returns(200)).Json.List("categories").Where(rate => rate.Text("name")!.StartsWith("Drink", StringComparison.Ordinal)).ToArray();
        rates.Length.ShouldBe(7);
        var rate = rates.Select(shown => shown.Text("rate_percent")).Distinct().ShouldHaveSingleItem();
        foreach (var category in rates)
        {
            (await RateOfOrder(bistro, category.GetProperty("category_id").GetGuid())).ShouldBe(rate);
        }
    }

    [Fact]
    public async Task A_category_that_is_imported_takes_the_rate_of_the_one_above()
    {
        var bistro = await NewBistro();
        var owner = bistro.Shop.Owner;
        await owner.Imported("categories", ImportStarters.File("slug,name,parent_id", $"wines,Wines,{bistro.Drinks}"));
        var wines = (await owner.Get("/business/categories").Returns(200)).Data.Single(category => category.Text("name") == "Wines").GetProperty("id").GetGuid();
        (await RateOfOrder(bistro, wines)).ShouldBe("17");
        await owner.Imported("categories", ImportStarters.File("slug,parent_id", $"wines,{bistro.Books}"));
        (await RateOfOrder(bistro, wines)).ShouldBe("0");
    }

    [Fact]
    public async Task A_till_its_receipt_and_its_report_tell_each_rate()
    {
        var bistro = await NewBistro();
        var till = await bistro.Shop.NewTill();
        var sold = await till.Session.Post("/business/sales", new
        {
            session_id = till.SessionId,
            lines = new[] { new { variant_id = bistro.Juice, quantity = 2 }, new { variant_id = bistro.Book, quantity = 1 } },
            payments = new[] { Cash(3_340) },
        }).Returns(201);

        Rates((await bistro.Shop.Owner.Get(sold.Path()).Returns(200)).Json).ShouldBe("0% of 1000 0, 17% of 2000 340");
        string[] told = ["Included tax 0% of 10.00", "Included tax 17% of 20.00"];
        (await Receipt(null)).Json.List("lines").Texts("text").Where(line => line!.Contains("tax", StringComparison.Ordinal)).ShouldBe(told);
        foreach (var form in (string[])["text/html", "application/octet-stream"])
        {
            (await Receipt(form)).Text.ShouldContain(told[1]);
        }

        Rates(await till.Report()).ShouldBe("0% of 1000 0, 17% of 2000 340");
        await till.Session.Post($"{sold.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 1 } } }).Returns(200);
        Rates(await till.Report()).ShouldBe("0% of 1000 0, 17% of 1000 170");

        Task<ApiAnswer> Receipt(string? accept) => accept is null
            ? bistro.Shop.Owner.Get($"{sold.Path()}/receipt").Returns(200)
            : bistro.Shop.Owner.Get($"{sold.Path()}/receipt").With("Accept", accept).Returns(200);
    }

    [Fact]
    public async Task A_till_that_was_offline_keeps_its_tax_and_says_that_it_differs()
    {
        var bistro = await NewBistro();
        var till = await bistro.Shop.NewTill();
        var synced = (await till.Session.Post("/business/sales:sync", new { device_id = "tablet", sales = new[] { Sold("a", 19), Sold("b", 17), Sold("c", null) } }).Returns(200)).Json.List("sales");

        synced.Select(sale => sale.List("differences").Select(difference => difference.GetString()!).ToArray()).ShouldBe([["tax"], [], []]);
        Rates((await bistro.Shop.Owner.Get($"/business/sales/{synced[0].Text("id")}").Returns(200)).Json).ShouldBe("19% of 983 187");
        Rates((await bistro.Shop.Owner.Get($"/business/sales/{synced[2].Text("id")}").Returns(200)).Json).ShouldBe("17% of 1000 170");

        object Sold(string id, decimal? rate) => new
        {
            client_id = id,
            session_id = till.SessionId,
            occurred_at = TimeProvider.System.GetUtcNow(),
            lines = new[] { new { variant_id = bistro.Juice, quantity = 1, unit_price = Eur(1_170), tax_rate_percent = rate } },
            payments = new[] { Cash(1_170) },
        };
    }

    [Fact]
    public async Task A_rate_is_set_by_who_may_set_the_business_up()
    {
        var bistro = await NewBistro();
        var path = $"{Bistro.Category(bistro.Books)}/tax-rate";
        var staff = await api.NewMember(bistro.Shop, Role.Cashier);
        await staff.Put(path, new { rate_percent = 7 }).Refused(403, "missing_permission");
        await bistro.Shop.Owner.Put(path, new { rate_percent = 100.5 }).Refused(400, "tax_rate_invalid");
        await bistro.Shop.Owner.Put(path, new { rate_percent = 7 }).IfMatch("\"v1\"").Refused(412, "stale_version");
        await bistro.Shop.Owner.Put($"/business/categories/{Guid.NewGuid()}/tax-rate", new { rate_percent = 7 }).Refused(404, "not_found");
        await (await api.NewBusiness("globex")).Owner.Put(path, new { rate_percent = 7 }).Refused(404, "not_found");

        var set = await bistro.Shop.Owner.Put(path, new { rate_percent = 7 }).IfMatch("\"v2\"").Returns(204);
        set.ETag.ShouldBe("\"v3\"");
        (await bistro.Shop.Owner.Put(path, new { rate_percent = 7 }).Returns(204)).ETag.ShouldBe("\"v3\"");
        var rates = (await bistro.Shop.Owner.Get("/business/tax-rates").Returns(200)).Json;
        (rates.Text("rate_percent"), rates.GetProperty("prices_include_tax").GetBoolean()).ShouldBe(("19", true));
        rates.List("categories").Select(rate => $"{rate.Text("name")} {rate.Text("rate_percent")} {rate.Text("own_rate_percent")}".Trim()).ShouldBe(["Books 7 7", "Drinks 17 17"]);
    }

    /// <summary>What a thing of the category is taxed at when somebody buys it.</summary>
    private async Task<string?> RateOfOrder(Bistro bistro, Guid category)
    {
        var thing = await bistro.Shop.NewProduct($"Thing {Guid.NewGuid()}", publish: true, category: category, stock: new { quantity = 1 });
        return (await bistro.Shop.Owner.Get((await api.Buy(bistro.Shop, thing.VariantId)).Path).Returns(200)).Json.List("taxes").Single().Text("rate_percent");
    }

    private static string Rates(JsonElement thing) => string.Join(", ", thing.List("taxes").Select(tax =>
        $"{tax.Text("rate_percent")}% of {tax.Amount("net")} {tax.Amount("tax")}"));

    private async Task<Bistro> NewBistro(bool included = true)
    {
        var shop = await api.NewBusiness();
        await shop.Taxes(19, included);
        var (drinks, books) = (await shop.NewCategory("Drinks"), await shop.NewCategory("Books"));
        await shop.Owner.Put($"/business/categories/{drinks}/tax-rate", new { rate_percent = 17 }).Returns(204);
        await shop.Owner.Put($"/business/categories/{books}/tax-rate", new { rate_percent = 0 }).Returns(204);
        var juice = await shop.NewProduct("Juice", 1_170, publish: true, category: drinks, stock: new { quantity = 20 });
        var book = await shop.NewProduct("Book", 1_000, publish: true, category: books, stock: new { quantity = 20 });
        return new(shop, drinks, books, juice.VariantId, book.VariantId, await shop.Sell("Lamp", 1_190, stock: 20));
    }

    private sealed record Bistro(TestBusiness Shop, Guid Drinks, Guid Books, Guid Juice, Guid Book, Guid Lamp)
    {
        public static string Category(Guid id) => $"/business/categories/{id}";

        public Basket Basket() => new(new BasketLine(Juice, 2), new BasketLine(Book), new BasketLine(Lamp));
    }
}
