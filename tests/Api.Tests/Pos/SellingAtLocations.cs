using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Stock;
using Mainstreet.Domain;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

/// <summary>A till sells what is where it stands (STK-07).</summary>
public sealed class SellingAtLocations(ApiFixture api)
{
    private static readonly Guid main = LocationId.Default.Value;

    [Fact]
    public async Task A_till_sells_what_is_at_its_location()
    {
        var (acme, lamp, harbour, till) = await Harbour();
        (await till.RingUp(lamp, 1, Cash(595)).Refused(422, "out_of_stock")).Faults.ShouldBe(["/lines/0/quantity out_of_stock"]);
        await acme.Transfer(lamp, 3, harbour).Returns(201);
        var sale = await till.RingUp(lamp, 2, Cash(1190)).Returns(201);
        await till.RingUp(lamp, 2, Cash(1190)).Refused(422, "out_of_stock");
        (await Levels(acme, lamp, harbour)).ShouldBe((7, 1));
        var movement = (await acme.Owner.Get($"/business/stock/movements?location={harbour}&reference_type=sale").Returns(200)).Data.Single();
        (movement.Text("reference_id"), movement.Text("quantity")).ShouldBe((sale.Id.ToString(), "2"));

        await till.Session.Post($"{sale.Path()}/void", new { session_id = till.SessionId, reason = "Mistake" }).Returns(204);
        (await Levels(acme, lamp, harbour)).ShouldBe((7, 3));
        (await acme.Owner.Get(till.Path).Returns(200)).Json.GetProperty("location_id").GetGuid().ShouldBe(harbour);
    }

    [Fact]
    public async Task What_comes_back_is_on_the_shelf_where_it_comes_back()
    {
        var (acme, lamp, harbour, till) = await Harbour();
        var first = await acme.NewTill();
        var sale = await first.RingUp(lamp, 3, Cash(1785)).Returns(201);
        await Return(till, 1).Returns(200); // the first one that is ever there
        (await Levels(acme, lamp, harbour)).ShouldBe((7, 1));
        await Return(first, 1).Returns(200);
        (await Levels(acme, lamp, harbour)).ShouldBe((8, 1));

        ApiRequest Return(TestTill at, int quantity) =>
            at.Session.Post($"{sale.Path()}/returns", new { session_id = at.SessionId, lines = new[] { new { line_no = 1, quantity } } });
    }

    [Fact]
    public async Task What_comes_back_elsewhere_is_worth_what_it_was()
    {
        var (acme, _, harbour, till) = await Harbour();
        var flour = await acme.NewProduct("Flour", 595);
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 7, unit_cost = CatalogStarters.Eur(100) }).Returns(204);
        await acme.Owner.Post($"{flour.Stock}/receive", new { quantity = 3, unit_cost = CatalogStarters.Eur(200), location_id = harbour }).Returns(204);
        (await Worth()).ShouldBe(1_300);
        var first = await acme.NewTill();
        var sale = await till.RingUp(flour.VariantId, 3, Cash(1785)).Returns(201);
        (await Worth()).ShouldBe(700);

        await first.Session.Post($"{sale.Path()}/returns", new { session_id = first.SessionId, lines = new[] { new { line_no = 1, quantity = 2 } } }).Returns(200);
        (await Worth()).ShouldBe(1_100);
        await till.Session.Post($"{sale.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 1 } } }).Returns(200);
        (await Worth()).ShouldBe(1_300);
        var movements = (await acme.Owner.Get($"/business/stock/movements?variant_id={flour.VariantId}&reference_type=sale").Returns(200)).Data;
        movements.Where(movement => movement.Text("movement_type") == "in").Select(movement => movement.GetProperty("location_id").GetGuid() == main ? movement.Cents("unit_cost") : 0).ShouldBe([0, 200]);

        async Task<long> Worth() => (await acme.Owner.Get("/business/stock/valuation").Returns(200)).Json.Worth();
    }

    [Fact]
    public async Task What_was_sold_offline_left_from_where_the_till_stands()
    {
        var (acme, lamp, harbour, till) = await Harbour();
        var first = await acme.NewTill();
        object Sale(TestTill at, string id, int quantity) => new
        {
            client_id = id,
            session_id = at.SessionId,
            occurred_at = TimeProvider.System.GetUtcNow().AddMinutes(-5),
            lines = new[] { new { variant_id = lamp, quantity, unit_price = CatalogStarters.Eur(595) } },
            payments = new[] { Cash(595 * quantity) },
        };
        var body = new { device_id = "tablet", sales = new[] { Sale(till, "a", 2), Sale(first, "b", 1) } };
        var synced = await acme.Owner.Post("/business/sales:sync", body).Returns(200);
        synced.Json.List("sales").Select(sale => sale.Text("status")).ShouldBe(["created", "created"]);
        (await Levels(acme, lamp, harbour)).ShouldBe((9, -2));
        await acme.Owner.Post("/business/sales:sync", body).Returns(200);
        (await Levels(acme, lamp, harbour)).ShouldBe((9, -2));
        (await acme.Owner.Get("/events?types=stock.negative").Returns(200)).Data.Single().GetProperty("data").GetProperty("location_id").GetGuid().ShouldBe(harbour);
    }

    [Fact]
    public async Task A_till_moves_while_nobody_sells_at_it()
    {
        var (acme, lamp, harbour, till) = await Harbour();
        (await acme.Owner.Get(till.Register).Returns(200)).Json.GetProperty("location_id").GetGuid().ShouldBe(harbour);
        await acme.Owner.Put($"{till.Register}/location", new { location_id = main }).Refused(409, "session_already_open");
        await acme.Owner.Put($"{till.Register}/location", new { location_id = harbour }).Returns(204); // there it stands
        await acme.Owner.Post($"{till.Path}/close", new { counted = CatalogStarters.Eur(10_000) }).Returns(204);
        await acme.Owner.Put($"{till.Register}/location", new { location_id = Guid.NewGuid() }).Refused(404, "not_found");
        await acme.Owner.Put($"{till.Register}/location", new { location_id = main }).Returns(204);
        await acme.Owner.Post($"{till.Path}/reopen", new { reason = "Too early" }).Refused(409, "register_moved");
        await (await acme.Owner.Opens(till.RegisterId)).RingUp(lamp, 1, Cash(595)).Returns(201);
        (await Levels(acme, lamp, harbour)).ShouldBe((9, null));
        await acme.Owner.Post("/business/registers", new { code = "X", name = "Till", location_id = Guid.NewGuid() }).Refused(404, "not_found");
    }

    [Fact]
    public async Task Of_a_hundred_who_buy_the_last_ones_of_two_locations_nobody_buys_what_is_not_there()
    {
        var (acme, lamp, harbour, till) = await Harbour();
        var first = await acme.NewTill();
        await acme.Transfer(lamp, 4, harbour).Returns(201);

        var turn = 0;
        var answers = await Races.OfAHundred(() => (Interlocked.Increment(ref turn) % 2 == 0 ? till : first).RingUp(lamp, 1, Cash(595)));

        answers.Count(answer => answer.Status == 201).ShouldBe(10);
        answers.ShouldAllBe(answer => answer.Status == 201 || answer.Status == 422);
        (await Levels(acme, lamp, harbour)).ShouldBe((0, 0));
    }

    /// <summary>Ten lamps at the default location, none at the harbour, where a till is open.</summary>
    private async Task<(TestBusiness Acme, Guid Lamp, Guid Harbour, TestTill Till)> Harbour()
    {
        var acme = await api.NewBusiness();
        var (lamp, harbour) = (await acme.Goods(), await acme.NewLocation());
        var register = (await acme.Owner.Post("/business/registers", new { code = "H", name = "Harbour", location_id = harbour }).Returns(201)).Id;
        return (acme, lamp, harbour, await acme.Owner.Opens(register));
    }

    private static async Task<(decimal?, decimal?)> Levels(TestBusiness business, Guid variant, Guid harbour) =>
        (await business.OnHandAt(variant, main), await business.OnHandAt(variant, harbour));
}
