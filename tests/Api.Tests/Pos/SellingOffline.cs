using System.Net;
using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

public sealed class SellingOffline(ApiFixture api)
{
    [Fact]
    public async Task A_batch_from_two_devices_at_once_cut_in_the_middle_and_sent_again_is_each_sale_once()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods(stock: 100));
        object[] sales = [.. Enumerable.Range(0, 30).Select(i => i == 13 ? Sold(till, $"s-{i}", lamp, quantity: 0) : Sold(till, $"s-{i}", lamp))];

        await Task.WhenAll(Cut(till, sales, share: 0.5), Cut(till, sales, share: 1)); // not all of it came, or the answer was lost
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Sync(till, sales, $"tablet-{i % 2}").Returns(200)));
        var again = await Sync(till, sales).Returns(200);

        foreach (var answer in answers.Append(again))
        {
            var outcomes = answer.Json.List("sales");
            outcomes.Texts("client_id").ShouldBe(Enumerable.Range(0, 30).Select(i => $"s-{i}"));
            (outcomes[13].Text("status"), outcomes[13].GetProperty("error").Text("code"), outcomes[13].GetProperty("error").Text("pointer")).ShouldBe(("rejected", "invalid_quantity", "/lines/0/quantity"));
        }

        again.Json.List("sales").Count(sale => sale.Text("status") == "duplicate").ShouldBe(29);
        (await acme.Owner.Pages("/business/sales?limit=20")).Texts("number").ShouldBe(Enumerable.Range(1001, 29).Reverse().Select(number => $"A-{number}"), ignoreOrder: true);
        (await acme.OnHand(lamp)).ShouldBe(100 - 29);
        (await acme.Owner.Pages($"/business/stock/movements?variant_id={lamp}&movement_type=out&limit=20")).Length.ShouldBe(29);
        var report = await till.Report();
        (report.Text("sales"), report.Cents("sold")).ShouldBe(("29", 29 * 595));
        (await Sync(till, [Sold(till, "s-13", lamp)]).Returns(200)).Json.List("sales").Single().Text("status").ShouldBe("created"); // put right
    }

    [Fact]
    public async Task The_tills_prices_are_kept_and_told_and_goods_that_left_have_left()
    {
        var acme = await api.NewBusiness();
        await acme.Taxes(19);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods(stock: 1));
        var product = (await acme.Products()).Single().GetProperty("id").GetGuid();
        await acme.Owner.Patch($"/business/products/{product}/variants/{lamp}", new { price = Eur(700) }).Returns(204);

        var answer = await Sync(till, [Sold(till, "a", lamp, quantity: 3), Sold(till, "b", lamp, rate: 7, total: 600), Sold(till, "c", lamp, price: 700)]).Returns(200);

        answer.Json.List("sales").Select(sale => sale.List("differences").Select(difference => difference.GetString()!).ToArray())
            .ShouldBe([["price"], ["price", "tax", "total"], []]);
        var sale = (await acme.Owner.Get($"/business/sales/{answer.Json.List("sales")[1].Text("id")}").Returns(200)).Json;
        var line = sale.List("lines").Single();
        (line.Cents("unit_price"), line.Cents("list_price"), line.Text("tax_rate_percent"), line.Cents("tax")).ShouldBe((595, 700, "7", 39));
        (sale.GetProperty("offline").Text("device_id"), sale.Text("sold_at")).ShouldBe(("tablet", sale.GetProperty("offline").Text("occurred_at")));
        (await acme.OnHand(lamp)).ShouldBe(-4);
        var types = (await acme.Owner.Get($"/history/stock/{lamp}").Returns(200)).Data.Texts("type");
        types.Count(type => type == "stock.negative").ShouldBe(1);
        await till.RingUp(lamp, 1, Cash(700)).Refused(422, "out_of_stock");
        await acme.Owner.Post($"/business/stock/items/{lamp}/receive", new { quantity = 5 }).Returns(204);
        await till.RingUp(lamp, 1, Cash(700)).Returns(201);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_one_stands_in_nobodys_way()
    {
        var acme = await api.NewBusiness();
        var (till, closed, lamp) = (await acme.NewTill(), await acme.NewTill("B"), await acme.Goods());
        await closed.Session.Post($"{closed.Path}/close", new { counted = Eur(10_000) }).Returns(204);
        var other = await (await api.NewBusiness("globex")).NewTill();

        var answer = await Sync(
            till,
            [
                Sold(till, "1", Guid.NewGuid()), Sold(closed, "2", lamp), Sold(other, "3", lamp), Sold(till with { SessionId = lamp }, "4", lamp), Sold(till, "5", till.RegisterId),
                Sold(till, "6", lamp, at: TimeProvider.System.GetUtcNow().AddHours(1)), Sold(till, "7", lamp, at: DateTimeOffset.MinValue), Sold(till, "8", lamp, paid: 1), Sold(till, "9", lamp, price: -1),
                Sold(till, " ", lamp), Sold(till, "10", lamp), Sold(till, "10", lamp),
            ]).Returns(200);

        answer.Json.List("sales").Select(sale => sale.Text("status") == "rejected" ? sale.GetProperty("error").Text("code") : sale.Text("status")).ShouldBe(
        [
            "not_available", "session_closed", "not_found", "not_found", "not_available", "in_the_future", "too_long_ago", "payment_incomplete", "amount_out_of_range",
            "validation_failed", "created", "duplicate",
        ]);
        (await acme.OnHand(lamp)).ShouldBe(9);
        (await till.RingUp(lamp, 1, Cash(595)).Returns(201)).Json.Text("number").ShouldBe("A-1002"); // no number was lost
    }

    [Fact]
    public async Task Five_hundred_come_at_once_and_no_more()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods(stock: 1000));
        object[] sales = [.. Enumerable.Range(0, 501).Select(i => Sold(till, $"s-{i}", lamp))];
        (await Sync(till, sales).Refused(400, "validation_failed")).Faults.ShouldBe(["/sales sale_count"]);
        await Sync(till, []).Refused(400, "validation_failed");
        (await Sync(till, sales[1..]).Returns(200)).Json.List("sales").ShouldAllBe(sale => sale.Text("status") == "created");
        (await acme.OnHand(lamp)).ShouldBe(500);
    }

    [Fact]
    public async Task What_was_rung_up_before_the_line_broke_is_not_rung_up_again()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var rungUp = await till.Session.Post("/business/sales", till.Sale(lamp, payments: [Cash(595)], clientId: "s-1")).Returns(201);
        var outcome = (await Sync(till, [Sold(till, "s-1", lamp)]).Returns(200)).Json.List("sales").Single();
        (outcome.Text("status"), outcome.Text("id"), outcome.Text("number")).ShouldBe(("duplicate", rungUp.Id.ToString(), "A-1001"));
    }

    private static ApiRequest Sync(TestTill till, object[] sales, string device = "tablet") => till.Session.Post("/business/sales:sync", new { device_id = device, sales });

    private static object Sold(
        TestTill till, string id, Guid variant, decimal quantity = 1, long price = 595, decimal? rate = null, long? total = null, long? paid = null, DateTimeOffset? at = null) => new
        {
            client_id = id,
            session_id = till.SessionId,
            occurred_at = at ?? TimeProvider.System.GetUtcNow().AddMinutes(-5),
            lines = new[] { new { variant_id = variant, quantity, unit_price = Eur(price), tax_rate_percent = rate } },
            payments = new[] { Cash(paid ?? Math.Max(1, (long)(price * quantity))) },
            total = total is { } told ? Eur(told) : (object?)null,
        };

    /// <summary>Sends a share of the batch, and hangs up.</summary>
    private static async Task Cut(TestTill till, object[] sales, double share)
    {
        using var cut = new CancellationTokenSource();
        var body = new CutContent(JsonSerializer.SerializeToUtf8Bytes(new { device_id = "tablet", sales }), share, cut);
        await Should.ThrowAsync<Exception>(() => till.Session.Send(till.Session.Post("/business/sales:sync", body), cut.Token));
    }

    private sealed class CutContent : HttpContent
    {
        private readonly byte[] body;
        private readonly double share;
        private readonly CancellationTokenSource cut;

        public CutContent(byte[] body, double share, CancellationTokenSource cut)
        {
            (this.body, this.share, this.cut) = (body, share, cut);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, (int)(body.Length * share)));
            await stream.FlushAsync();
            await cut.CancelAsync();
            cut.Token.ThrowIfCancellationRequested();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
