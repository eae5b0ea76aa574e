using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

/// <summary>CAT-11, POS-05: choices at a till, on its receipts, and while it is offline.</summary>
public sealed class RingingUpChoices(ApiFixture api)
{
    [Fact]
    public async Task A_sale_and_its_receipt_say_what_was_chosen()
    {
        var diner = await api.NewDiner();
        var till = await diner.Shop.NewTill();
        (await RingUp(till, diner.Line(1, (diner.Cheese, 3)), 1_440).Refused(422, "choices_invalid")).Faults
            .ShouldBe(["/lines/0/choices/0/quantity choice_limit_exceeded", "/lines/0/choices too_few_choices"]);
        var sold = await RingUp(till, diner.Line(2, (diner.Cheese, 2), (diner.Done, 1)), 2_580).Returns(201);

        var line = (await till.Session.Get(sold.Path()).Returns(200)).Json.List("lines").Single();
        line.Choices().ShouldBe(["Doneness: 1 Well done 0", "Toppings: 2 Cheese 150"]);
        (line.Cents("unit_price"), line.TryGetProperty("list_price", out _)).ShouldBe((1_290, false));
        string[] told = ["  Doneness: Well done", "  Toppings: 2 x Cheese (3.00)", "  2 x 12.90"];
        told.ShouldBeSubsetOf((await till.Session.Get($"{sold.Path()}/receipt").Returns(200)).Json.List("lines").Texts("text"));
        foreach (var form in (string[])["text/html", "application/octet-stream"])
        {
            var receipt = (await till.Session.Get($"{sold.Path()}/receipt").With("Accept", form).Returns(200)).Text;
            told.ShouldAllBe(text => receipt.Contains(text, StringComparison.Ordinal));
        }

        await till.Session.Post($"{sold.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 1 } } }).Returns(200);
        (await till.Session.Get(sold.Path()).Returns(200)).Json.Cents("refunded").ShouldBe(1_290);
        (await diner.Shop.OnHand(diner.Burger.VariantId)).ShouldBe(19);
    }

    [Fact]
    public async Task Another_price_is_compared_with_what_all_of_it_costs()
    {
        var diner = await api.NewDiner();
        var till = await diner.Shop.NewTill();
        var sold = await till.Session.Post("/business/sales", new
        {
            session_id = till.SessionId,
            lines = new[] { new { variant_id = diner.Burger.VariantId, quantity = 1, unit_price = Eur(1_000), reason = "regular", choices = new[] { new { choice_id = diner.Rare }, new { choice_id = diner.Bacon } } } },
            payments = new[] { Cash(1_000) },
        }).Returns(201);
        (await till.Session.Get(sold.Path()).Returns(200)).Json.List("lines").Single().Cents("list_price").ShouldBe(1_190);
    }

    [Fact]
    public async Task A_till_that_was_offline_keeps_its_words_and_prices()
    {
        var diner = await api.NewDiner();
        var till = await diner.Shop.NewTill();
        await diner.SellsOut(diner.Bacon);
        var (rare, bacon) = (Choice(diner.Rare, "Doneness", "Rare", 0), Choice(diner.Bacon, "Toppings", "Bacon", 200));
        object[] sales =
        [
            Sold("same", 1_140, rare, Choice(diner.Cheese, "Toppings", "Cheese", 150)),
            Sold("sold out", 1_190, rare, bacon),
            Sold("dearer", 1_120, rare, Choice(diner.Cheese, "Toppings", "Cheese", 130)),
            Sold("other words", 1_140, rare, Choice(diner.Cheese, "Extras", "Cheddar", 150)),
            Sold("unknown", 1_040, rare, Choice(Guid.NewGuid(), "Sauces", "Chili", 50)),
            Sold("none", 990),
        ];

        var synced = (await Sync(till, sales).Returns(200)).Json.List("sales");
        synced.Select(sale => string.Join(' ', sale.List("differences").Select(difference => difference.GetString())))
            .ShouldBe(["", "choices", "price choices", "choices", "choices", "choices"]);
        var line = (await till.Session.Get($"/business/sales/{synced[2].Text("id")}").Returns(200)).Json.List("lines").Single();
        (line.Cents("unit_price"), line.Cents("list_price")).ShouldBe((1_120, 1_140));
        line.Choices().ShouldBe(["Doneness: 1 Rare 0", "Toppings: 1 Cheese 130"]);
        (await till.Session.Get($"/business/sales/{synced[4].Text("id")}").Returns(200)).Json.List("lines").Single().Choices().ShouldBe(["Doneness: 1 Rare 0", "Sauces: 1 Chili 50"]);
        (await till.Session.Get($"/business/sales/{synced[4].Text("id")}").Returns(200)).Json.List("lines").Single().List("choices").Select(choice => choice.TryGetProperty("choice_id", out _)).ShouldBe([true, false]);

        var wrong = (await Sync(till, [Sold("a", 990, Choice(diner.Rare, " ", "Rare", 0)), Sold("b", 990, Choice(diner.Rare, "Doneness", "Rare", -1)), Sold("c", 990, new { choice_id = diner.Rare, group = "Doneness", name = "Rare", price = Eur(0), quantity = 0 })])
            .Returns(200)).Json.List("sales");
        wrong.Select(sale => sale.GetProperty("error").Text("pointer")).ShouldBe(["/lines/0/choices/0/group", "/lines/0/choices/0/price/amount", "/lines/0/choices/0/quantity"]);

        object Sold(string id, long price, params object[] choices) => new
        {
            client_id = id,
            session_id = till.SessionId,
            occurred_at = TimeProvider.System.GetUtcNow(),
            lines = new[] { new { variant_id = diner.Burger.VariantId, quantity = 1, unit_price = Eur(price), choices } },
            payments = new[] { Cash(price) },
        };

        static object Choice(Guid id, string group, string name, long price) => new { choice_id = id, group, name, price = Eur(price) };
    }

    private static ApiRequest RingUp(TestTill till, object line, long paid) =>
        till.Session.Post("/business/sales", new { session_id = till.SessionId, lines = new[] { line }, payments = new[] { Cash(paid) } });

    private static ApiRequest Sync(TestTill till, object[] sales) => till.Session.Post("/business/sales:sync", new { device_id = "tablet", sales });
}
