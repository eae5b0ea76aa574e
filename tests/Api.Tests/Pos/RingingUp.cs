using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

public sealed class RingingUp(ApiFixture api)
{
    [Fact]
    public async Task One_call_sells_takes_the_money_and_moves_the_goods()
    {
        var acme = await api.NewBusiness();
        await acme.Taxes(19);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());

        var rungUp = await till.RingUp(lamp, 2, Card(1000), Cash(500)).Returns(201);

        (rungUp.Json.Text("number"), rungUp.Json.Text("status"), rungUp.Json.Cents("total"), rungUp.Json.Cents("due"), rungUp.Json.Cents("change"))
            .ShouldBe(("A-1001", "completed", 1190, 0, 310));
        var sale = (await acme.Owner.Get(rungUp.Path()).Returns(200)).Json;
        (sale.Text("payment_status"), sale.Text("channel"), sale.GetProperty("totals").Cents("tax")).ShouldBe(("paid", "walk_in", 190));
        sale.Methods("payments").ShouldBe("card 1000, cash 190");
        sale.List("lines").Single().Text("name").ShouldBe("Lamp");
        (await acme.OnHand(lamp)).ShouldBe(8);
        var movement = (await acme.Owner.Get($"/business/stock/movements?variant_id={lamp}&movement_type=out").Returns(200)).Data.Single();
        (movement.Text("reference_type"), movement.Text("reference_id"), movement.Text("quantity")).ShouldBe(("sale", rungUp.Id.ToString(), "2"));
        (await acme.Owner.Get($"/history/sales/{rungUp.Id}").Returns(200)).Data.Texts("type").ShouldBe(["sale.rung_up"]);
    }

    [Fact]
    public async Task Of_many_who_sell_the_last_ones_at_two_tills_none_sells_what_is_not_there_and_no_number_is_missing()
    {
        var acme = await api.NewBusiness();
        var (a, b, lamp) = (await acme.NewTill("A"), await acme.NewTill("B"), await acme.Goods(stock: 10));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? a : b).RingUp(lamp, 1, Cash(595)).Send()));

        answers.Count(answer => answer.Status == 201).ShouldBe(10);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Json.Text("code") == "out_of_stock" && answer.Faults[0] == "/lines/0/quantity out_of_stock");
        (await acme.OnHand(lamp)).ShouldBe(0);
        foreach (var till in answers.Where(answer => answer.Status == 201).GroupBy(answer => answer.Json.Text("number")![0]))
        {
            till.Select(answer => answer.Json.Text("number")).Order().ShouldBe(Enumerable.Range(1001, till.Count()).Select(number => $"{till.Key}-{number}"));
        }
    }

    [Fact]
    public async Task A_till_names_its_sale_and_it_is_rung_up_once()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => till.Session.Post("/business/sales", till.Sale(lamp, payments: [Cash(595)], clientId: "till-7/41")).Send()));

        var sold = answers.Single(answer => answer.Status == 201);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Json.Text("code") == "already_exists" && answer.Json.Text("sale_id") == sold.Id.ToString());
        (await acme.OnHand(lamp)).ShouldBe(9);
        (await acme.Owner.Get(sold.Path()).Returns(200)).Json.Text("client_id").ShouldBe("till-7/41");
    }

    [Fact]
    public async Task Other_prices_and_discounts_take_a_permission_and_a_reason()
    {
        var acme = await api.NewBusiness();
        await acme.Taxes(19, included: false);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods(price: 1000));
        var cashier = await api.NewMember(acme, Role.Cashier);
        var manager = await api.NewMember(acme, Role.Manager);
        foreach (var line in (object[])[new { variant_id = lamp, quantity = 1, unit_price = Eur(900), reason = "Scratched" }, new { variant_id = lamp, quantity = 1, discount = Eur(1), reason = "Kind" }])
        {
            (await Sell(cashier, line).Refused(403, "override_not_allowed")).Faults.ShouldBe(["/lines/0/reason override_not_allowed"]);
        }

        await Sell(cashier, new { variant_id = lamp, quantity = 1 }, discount: 1, why: "Kind").Refused(403, "override_not_allowed");
        await Sell(manager, new { variant_id = lamp, quantity = 1, unit_price = Eur(900) }).Refused(400, "reason_required");
        await Sell(manager, new { variant_id = lamp, quantity = 1 }, discount: 1).Refused(400, "reason_required");
        await Sell(manager, new { variant_id = lamp, quantity = 1 }, discount: 1001, why: "Kind").Refused(422, "discount_exceeds_price");
        await Sell(cashier, new { variant_id = lamp, quantity = 1, unit_price = Eur(1000) }).Refused(422, "payment_incomplete"); // the catalogue's own

        var sold = await Sell(manager, new { variant_id = lamp, quantity = 2, unit_price = Eur(900), discount = Eur(100), reason = "Scratched" }, discount: 200, why: "Regular", Cash(1785)).Returns(201);
        var line0 = (await acme.Owner.Get(sold.Path()).Returns(200)).Json.List("lines").Single();
        (line0.Cents("unit_price"), line0.Cents("list_price"), line0.Cents("discount"), line0.Cents("tax"), line0.Text("reason")).ShouldBe((900, 1000, 300, 285, "Scratched"));

        ApiRequest Sell(Session who, object line, long? discount = null, string? why = null, params object[] payments) => who.Post("/business/sales", new
        {
            session_id = till.SessionId,
            lines = new[] { line },
            discount = discount is { } cents ? Eur(cents) : (object?)null,
            discount_reason = why,
            payments,
        });
    }

    [Fact]
    public async Task What_is_paid_later_waits_in_a_list_and_is_paid_in_any_session()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        await till.RingUp(lamp, 1, Cash(500)).Refused(422, "payment_incomplete");
        var rungUp = await till.Session.Post("/business/sales", till.Sale(lamp, 2, [Cash(190)], payLater: true)).Returns(201);
        (rungUp.Json.Text("status"), rungUp.Json.Cents("due")).ShouldBe(("pending_payment", 1000));
        (await Pending()).ShouldBe([rungUp.Id.ToString()]);
        await till.Session.Post($"{till.Path}/close", new { counted = Eur(10_190) }).Returns(204);
        (await till.Report()).GetProperty("session").List("unpaid_sales").Single().GetGuid().ShouldBe(rungUp.Id);

        var next = await till.Session.Opens(till.RegisterId);
        await Pay(next, Card(1001)).Refused(422, "overpaid");
        await Pay(till, Card(1000)).Refused(409, "session_closed");
        (await Pay(next, Card(400)).Returns(200)).Json.Cents("due").ShouldBe(600);
        var paid = await Pay(next, Cash(1000)).Returns(200);
        (paid.Json.Text("status"), paid.Json.Cents("change")).ShouldBe(("completed", 400));
        await Pay(next, Cash(1)).Refused(409, "nothing_due");
        (await Pending()).ShouldBeEmpty();
        (await next.Report()).Methods("payments").ShouldBe("cash 600, card 400");
        (await next.Report()).Cents("sold").ShouldBe(0);

        ApiRequest Pay(TestTill where, object payment) => where.Session.Post($"{rungUp.Path()}/payments", new { session_id = where.SessionId, payments = new[] { payment } });

        async Task<string[]> Pending() => (await acme.Owner.Get("/business/sales?payment_status=pending").Returns(200)).Data.Texts("id");
    }

    [Fact]
    public async Task Lists_are_filtered_and_receipts_found_by_their_numbers()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var customer = await api.Bought(acme, "Desk", 100);
        var first = await till.RingUp(lamp, 1, Cash(595)).Returns(201);
        var second = await till.Session.Post("/business/sales", new { session_id = till.SessionId, lines = new[] { new { variant_id = lamp, quantity = 1 } }, payments = new[] { Cash(595) }, customer_id = customer }).Returns(201);

        (await Ids("limit=1")).ShouldBe([second.Id, first.Id]);
        (await Ids("limit=5&q=A-1001")).ShouldBe([first.Id]);
        (await Ids($"limit=5&customer_id={customer}")).ShouldBe([second.Id]);
        (await Ids($"limit=5&session_id={till.SessionId}&status=completed&payment_status=paid")).ShouldBe([second.Id, first.Id]);
        (await Ids("limit=5&status=voided")).ShouldBeEmpty();
        (await Ids("limit=5&sold_after=2100-01-01T00:00:00Z")).ShouldBeEmpty();
        var refused = await till.Session.Post("/business/sales", new { session_id = till.SessionId, lines = new[] { new { variant_id = lamp, quantity = 1 } }, payments = new[] { Cash(595) }, customer_id = Guid.NewGuid() }).Refused(404, "not_found");
        refused.Faults.ShouldBe(["/customer_id not_found"]);

        async Task<Guid[]> Ids(string query) => [.. (await acme.Owner.Pages($"/business/sales?{query}")).Select(sale => sale.GetProperty("id").GetGuid())];
    }

    [Theory]
    [InlineData("""{"quantity": 0}""", 422, "/lines/0/quantity invalid_quantity")]
    [InlineData("""{"quantity": 1.0005}""", 422, "/lines/0/quantity invalid_quantity")]
    [InlineData("""{"quantity": 11}""", 422, "/lines/0/quantity out_of_stock")]
    [InlineData("""{"quantity": 1, "unit_price": {"amount": -1, "currency": "EUR"}}""", 422, "/lines/0/unit_price/amount amount_out_of_range")]
    [InlineData("""{"quantity": 1, "discount": {"amount": 1, "currency": "USD"}}""", 422, "/lines/0/discount/currency currency_mismatch")]
    [InlineData("""{"quantity": 1, "variant_id": "00000000-0000-0000-0000-000000000001"}""", 422, "/lines/0/variant_id not_available")]
    public async Task What_cannot_be_sold_names_its_place_and_changes_nothing(string line, int status, string fault)
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var lines = line.Contains("variant_id", StringComparison.Ordinal) ? line : $"""{line[..^1]}, "variant_id": "{lamp}"{"}"}""";
        var refused = await till.Session.Post("/business/sales", $$"""{"session_id": "{{till.SessionId}}", "lines": [{{lines}}], "payments": [{"method": "cash", "amount": {"amount": 100000, "currency": "EUR"} }]}""").Send();
        (refused.Status, refused.Faults.Single()).ShouldBe((status, fault));
        (await acme.OnHand(lamp)).ShouldBe(10);
        (await acme.Owner.Get("/business/sales").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_pays_what_they_were_told()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var refused = await till.Session.Post("/business/sales", new
        {
            session_id = till.SessionId,
            lines = new[] { new { variant_id = lamp, quantity = 1 } },
            payments = new[] { Cash(600) },
            expected_total = Eur(600),
        }).Refused(422, "price_changed");
        refused.Json.GetProperty("totals").Cents("total").ShouldBe(595);
    }
}
