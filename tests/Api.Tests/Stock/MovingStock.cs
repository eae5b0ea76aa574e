using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Stock;

public sealed class MovingStock(ApiFixture api)
{
    [Fact]
    public async Task Levels_follow_what_is_received_corrected_and_counted()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour");
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 10.125, unit_cost = Eur(100), reference = "PO 7" }).Returns(204);
        (await Level()).ShouldBe((10.125m, 100));
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 10.125, unit_cost = Eur(200) }).Returns(204);
        (await Level()).ShouldBe((20.25m, 150));
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 1 }).Returns(204);
        (await Level()).ShouldBe((21.25m, 150));
        await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -1.25, reason = "Torn bag" }).Returns(204);
        (await Level()).ShouldBe((20m, 150));
        await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = 0.001, reason = "Found" }).Returns(204);
        (await Level()).ShouldBe((20.001m, 150));
        var counted = await acme.Owner.Post($"{flour.Stock}/count", new { counted = 19.5 }).Returns(204);
        (await Level()).ShouldBe((19.5m, 150));
        (await acme.Owner.Post($"{flour.Stock}/count", new { counted = 19.5 }).Returns(204)).ETag.ShouldBe(counted.ETag);

        async Task<(decimal OnHand, long AverageCost)> Level()
        {
            var item = (await acme.Owner.Get(flour.Stock).Returns(200)).Json;
            item.Text("available").ShouldBe(item.Text("on_hand"));
            return (item.GetProperty("on_hand").GetDecimal(), item.Cents("average_cost"));
        }
    }

    [Fact]
    public async Task The_ledger_says_what_moved_why_and_by_whom_the_newest_first()
    {
        var acme = await api.NewBusiness();
        var (flour, sugar) = (await acme.NewProduct("Flour"), await acme.NewProduct("Sugar", stock: new { quantity = 2 }));
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 10, unit_cost = Eur(100), reference = "PO 7" }).Returns(204);
        await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -0.5, reason = "Torn bag" }).Returns(204);
        await acme.Owner.Post($"{flour.Stock}/count", new { counted = 9.75 }).Returns(204);

        (await Ledger("")).ShouldBe(
        [
            "Flour in adjustment 0.25 Stock count",
            "Flour out adjustment 0.5 Torn bag",
            "Flour in purchase 10 PO 7",
            "Sugar in purchase 2 Opening stock",
        ]);
        (await Ledger($"variant_id={sugar.VariantId}")).Length.ShouldBe(1);
        (await Ledger("movement_type=out")).ShouldBe(["Flour out adjustment 0.5 Torn bag"]);
        (await Ledger($"reference_type=purchase&variant_id={flour.VariantId}")).ShouldBe(["Flour in purchase 10 PO 7"]);
        (await Ledger("reference_type=production")).ShouldBeEmpty();
        (await Ledger($"variant_id={acme.Id}")).ShouldBeEmpty();
        var whole = await acme.Owner.Pages("/business/stock/movements?limit=3");
        whole.Texts("id").ShouldBe((await acme.Owner.Get("/business/stock/movements").Returns(200)).Data.Texts("id"));
        whole.ShouldAllBe(movement => movement.GetProperty("actor").Text("id") == acme.User.Id.ToString());
        whole[2].Cents("unit_cost").ShouldBe(100);
        await acme.Owner.Get("/business/stock/movements?movement_type=sideways").Refused(400, "invalid_parameter");

        // the ledger outlives the variant
        await acme.Owner.Delete(sugar.Variant).Returns(204);
        (await acme.Owner.Get($"/business/stock/movements?variant_id={sugar.VariantId}").Returns(200)).Data.Single().Text("product_id").ShouldBeNull();

        async Task<string[]> Ledger(string query) =>
        [
            .. (await acme.Owner.Get($"/business/stock/movements?{query}").Returns(200)).Data.Select(movement => string.Join(
                ' ', movement.Text("variant_name"), movement.Text("movement_type"), movement.Text("reference_type"), movement.Text("quantity"),
                movement.Text("note") ?? movement.Text("reference_id"))),
        ];
    }

    [Fact]
    public async Task The_version_that_was_read_is_the_one_to_send_back()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5, minimum = 2 });
        foreach (var delta in new[] { -3, -2, 1, 6 }) // low, depleted, low, replenished
        {
            var read = await acme.Owner.Get(flour.Stock).Returns(200);
            await acme.Owner.Post($"{flour.Stock}/adjust", new { delta, reason = "Used" }).IfMatch(read.ETag!).Returns(204);
        }

        await acme.Import("Handle,Title,Variant Price,Variant Inventory Qty\nflour,Flour,5,7\n").Returns(200); // as many as there are
        await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = 1, reason = "Found" }).IfMatch((await acme.Owner.Get(flour.Stock).Returns(200)).ETag!).Returns(204);
    }

    [Theory]
    [InlineData("receive", """{"quantity": 0}""", 422, "invalid_quantity")]
    [InlineData("receive", """{"quantity": -1}""", 422, "invalid_quantity")]
    [InlineData("receive", """{"quantity": 0.0005}""", 422, "invalid_quantity")]
    [InlineData("receive", """{"quantity": 1000000.001}""", 422, "invalid_quantity")]
    [InlineData("receive", """{"quantity": 1e40}""", 400, "invalid_json")]
    [InlineData("receive", """{"quantity": "1"}""", 400, "invalid_json")]
    [InlineData("receive", """{"quantity": 1, "unit_cost": {"amount": 1, "currency": "USD"}}""", 422, "currency_mismatch")]
    [InlineData("receive", """{"quantity": 1, "unit_cost": {"amount": -1, "currency": "EUR"}}""", 422, "invalid_unit_cost")]
    [InlineData("receive", "{}", 400, "validation_failed")]
    [InlineData("adjust", """{"delta": -5.001, "reason": "Breakage"}""", 422, "out_of_stock")]
    [InlineData("adjust", """{"delta": 0, "reason": "Breakage"}""", 422, "invalid_quantity")]
    [InlineData("adjust", """{"delta": 0.0001, "reason": "Breakage"}""", 422, "invalid_quantity")]
    [InlineData("adjust", """{"delta": 1, "reason": " "}""", 400, "validation_failed")]
    [InlineData("adjust", """{"delta": 1}""", 400, "validation_failed")]
    [InlineData("count", """{"counted": -1}""", 422, "invalid_quantity")]
    [InlineData("count", """{"counted": 1.2345}""", 422, "invalid_quantity")]
    [InlineData("minimum", """{"minimum": -1}""", 422, "invalid_quantity")]
    [InlineData("minimum", """{"minimum": 0.0001}""", 422, "invalid_quantity")]
    [InlineData("policy", """{"policy": "sometimes"}""", 400, "invalid_json")]
    public async Task What_cannot_be_is_refused_and_moves_nothing(string step, string body, int status, string code)
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5 });
        await Step(acme.Owner, flour, step, body).Refused(status, code);
        (await acme.Owner.Get(flour.Stock).Returns(200)).Json.Text("on_hand").ShouldBe("5");
        (await acme.Owner.Get("/business/stock/movements").Returns(200)).Data.Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_there_says_how_much_is()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5 });
        var refused = (await acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -6, reason = "Breakage" }).Refused(422, "out_of_stock")).Json;
        (refused.Text("variant_id"), refused.Text("requested"), refused.Text("available")).ShouldBe((flour.VariantId.ToString(), "6", "5"));
    }

    [Theory]
    [InlineData("receive", """{"quantity": 1}""")]
    [InlineData("adjust", """{"delta": 1, "reason": "Found"}""")]
    [InlineData("count", """{"counted": 1}""")]
    [InlineData("minimum", """{"minimum": 1}""")]
    [InlineData("policy", """{"policy": "backorder"}""")]
    public async Task A_step_needs_the_permission_the_version_and_a_variant_of_the_business(string step, string body)
    {
        var acme = await api.NewBusiness("acme");
        var flour = await acme.NewProduct("Flour");
        await Step(await api.NewMember(acme, Role.Staff), flour, step, body).Refused(403, "missing_permission");
        await Step((await api.NewBusiness("globex")).Owner, flour, step, body).Refused(404, "not_found");
        await Step(acme.Owner, flour with { VariantId = flour.Id }, step, body).Refused(404, "not_found");
        await Step(acme.Owner, flour, step, body).IfMatch("\"v9\"").Refused(412, "stale_version");
        await Step(acme.Owner, flour, step, body).IfMatch((await acme.Owner.Get(flour.Stock).Returns(200)).ETag!).Returns(204);
    }

    [Fact]
    public async Task Of_many_who_take_the_last_ones_at_once_none_takes_more_than_there_is()
    {
        var acme = await api.NewBusiness();
        var flour = await acme.NewProduct("Flour", stock: new { quantity = 5 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => acme.Owner.Post($"{flour.Stock}/adjust", new { delta = -1, reason = "Used" }).Send()));
        answers.Count(answer => answer.Status == 204).ShouldBeLessThanOrEqualTo(5);
        answers.ShouldAllBe(answer => answer.Status == 204 || answer.Status == 409 || answer.Status == 422);
        var left = (await acme.Owner.Get(flour.Stock).Returns(200)).Json.GetProperty("on_hand").GetDecimal();
        left.ShouldBe(5 - answers.Count(answer => answer.Status == 204));
    }

    private static ApiRequest Step(Session session, TestProduct product, string step, string body) =>
        step is "minimum" or "policy" ? session.Put($"{product.Stock}/{step}", body) : session.Post($"{product.Stock}/{step}", body);
}
