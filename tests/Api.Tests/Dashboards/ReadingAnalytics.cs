using System.Globalization;
using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Payments;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Dashboards;

/// <summary>What was sold when, of what and by whom (ANA-01).</summary>
public sealed class ReadingAnalytics(ApiFixture api)
{
    [Fact]
    public async Task Days_of_23_and_of_25_hours_have_their_hours_and_each_zone_has_its_days()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var now = (await acme.Owner.Get($"/test-clocks/{acme.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        var (spring, autumn) = (ClocksChange(now.Year + 1, 3), ClocksChange(now.Year + 1, 10));
        await AdvanceTo(acme, spring.AddDays(-1));
        var (till, lamp) = (await acme.NewTill(), await acme.Goods(stock: 100, price: 100));
        await AdvanceTo(acme, spring.AddDays(1));
        await Sync(till, lamp, spring.AddMinutes(-150), spring.AddMinutes(-90), spring.AddMinutes(-30), spring.AddMinutes(30));
        await AdvanceTo(acme, autumn.AddDays(1));
        await Sync(till, lamp, autumn.AddMinutes(-30), autumn.AddMinutes(30));

        var hours = (await Read(acme, Days(spring, spring) + "&granularity=hour")).List("series");
        hours.Length.ShouldBe(23);
        hours[0].GetProperty("start").GetDateTimeOffset().ShouldBe(spring.AddHours(-2));
        Sales(hours)[..4].ShouldBe([1, 1, 1, 0]); // at 00:30, 01:30 and 03:30
        Sales(hours).Sum().ShouldBe(3); // that of 23:30 was sold the day before
        hours = (await Read(acme, Days(autumn, autumn) + "&granularity=hour")).List("series");
        hours.Length.ShouldBe(25);
        Sales(hours)[..5].ShouldBe([0, 0, 1, 1, 0]); // at 02:30, and an hour later, at 02:30
        Sales((await Read(acme, Days(spring.AddDays(-1), spring) + "&tz=America/New_York")).List("series")).ShouldBe([4, 0]);
        (await Read(acme, Days(autumn, autumn) + "&granularity=hour&tz=Asia/Kolkata")).List("series").Select(hour => hour.GetProperty("start").GetDateTimeOffset().Minute).Distinct().ShouldBe([30]);
        Sales((await Read(acme, Days(spring, autumn) + "&granularity=month")).List("series")).ShouldBe([3, 0, 0, 0, 0, 0, 0, 2]);
        Parts(await Read(acme, Days(spring.AddDays(-1), autumn) + "&by=hour")).ShouldBe(["2: 2", "0: 1", "1: 1", "23: 1", "3: 1"]);
        Parts(await Read(acme, Days(spring.AddDays(-1), autumn) + "&by=weekday")).ShouldBe(["7: 5", "6: 1"]);
    }

    [Fact]
    public async Task What_stands_is_counted_by_what_is_paid_and_what_does_not_is_not()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var paid = await api.Captured(acme); // three lamps for 49.00
        await paid.Refund(new { amount = Eur(4_700), reason = "Came late" }).Returns(201);
        await paid.PaymentThatIs("partially_refunded");
        var canceled = await api.Buy(acme, paid.Order.Variant);
        await acme.Owner.Post($"{canceled.Path}/cancel", new { reason = "tried" }).Returns(204);
        var category = (await acme.Owner.Post("/business/categories", new { name = "Bread" }).Returns(201)).Id;
        var (till, roll) = (await acme.NewTill(), await acme.NewProduct("Roll", 100, category: category, stock: new { quantity = 50 }));
        var sale = await till.RingUp(roll.VariantId, 5, Cash(500)).Returns(201);
        await till.Session.Post($"{sale.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity = 2 } } }).Returns(200);
        var mistake = await till.RingUp(roll.VariantId, 9, Cash(900)).Returns(201);
        await till.Session.Post($"{mistake.Path()}/void", new { session_id = till.SessionId, reason = "Mistake" }).Returns(204);

        var totals = (await Read(acme, "")).GetProperty("totals");
        ((string[])["sales", "items", "reversed"]).Select(figure => totals.Text(figure)).ShouldBe(["2", "6", "2"]);
        ((string[])["gross", "discounts", "delivery_fees", "tips", "refunded", "revenue", "average_sale"]).Select(figure => totals.Cents(figure))
            .ShouldBe([14_700 + 500, 0, 0, 0, 4_700 + 200, 10_000 + 300, 5_150]);
        var days = (await Read(acme, "")).List("series");
        (days.Length, days.Sum(day => day.Cents("revenue"))).ShouldBe((30, 10_300));

        var products = (await Read(acme, "by=product")).List("parts");
        products.Select(part => $"{part.Text("name")}: {part.Text("sales")} {part.Text("quantity")} {part.Cents("revenue")}").Skip(1).ShouldBe(["Roll: 1 3 300"]);
        products[0].Cents("revenue").ShouldBe(14_700); // a refund in money says of no product that it came back
        (await Read(acme, "by=category")).List("parts").Select(part => $"{part.Text("key")} {part.Text("name")} {part.Cents("revenue")}").Last().ShouldBe($"{category} Bread 300");
        (await Read(acme, "by=channel")).List("parts").Select(part => $"{part.Text("key")} {part.Cents("revenue")}").ShouldBe(["online 10000", "walk_in 300"]);
        (await Read(acme, "by=staff")).List("parts").Select(part => $"{part.Text("key")} {part.Cents("revenue")}").ShouldBe([" 10000", $"{acme.User.Id} 300"]);
    }

    [Fact]
    public async Task What_cannot_be_reported_is_refused_and_it_is_read_by_those_who_read_the_dashboard()
    {
        var acme = await api.NewBusiness();
        foreach (var (query, code) in (IEnumerable<(string, string)>)
        [
            ("tz=Mars/Base", "timezone_unknown"), ("from=2026-03-02&to=2026-03-01", "invalid_range"), ("to=1969-12-31", "invalid_range"), ("from=9999-12-31&to=9999-12-31", "invalid_range"),
            ("from=2024-01-01&to=2025-01-01", "range_too_long"), ("from=2026-01-01&to=2026-02-01&granularity=hour", "range_too_long"), ("granularity=minute", "invalid_parameter"),
            ("by=colour", "invalid_parameter"), ("as_of=2026-01-01T00:00:00Z", "unknown_parameter"),
        ])
        {
            await acme.Owner.Get($"/business/analytics?{query}").Refused(400, code);
        }

        (await Read(acme, "from=1970-01-01&to=1970-01-31&granularity=hour&tz=Pacific/Kiritimati")).List("series").Length.ShouldBeGreaterThan(700);
        (await Read(acme, "from=9998-12-31&to=9998-12-31&granularity=week&tz=Pacific/Pago_Pago")).List("series").Length.ShouldBe(1);
        await (await api.NewMember(acme, Role.Accountant)).Get("/business/analytics").Returns(200);
        await (await api.NewMember(acme, Role.Staff)).Get("/business/analytics").Refused(403, "missing_permission");
    }

    /// <summary>In Europe: at one o'clock, UTC, of a month's last Sunday.</summary>
    private static DateTimeOffset ClocksChange(int year, int month)
    {
        var last = new DateTimeOffset(year, month, 31, 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }

    private static Task<ApiAnswer> AdvanceTo(TestBusiness business, DateTimeOffset to) => business.Owner.Post($"/test-clocks/{business.TestClockId}/advance", new { to }).Returns(200);

    private static async Task Sync(TestTill till, Guid variant, params DateTimeOffset[] times)
    {
        var sales = times.Select(at => new
        {
            client_id = at.ToString("O", CultureInfo.InvariantCulture),
            session_id = till.SessionId,
            occurred_at = at,
            lines = new[] { new { variant_id = variant, quantity = 1, unit_price = Eur(100) } },
            payments = new[] { Cash(100) },
        });
        (await till.Session.Post("/business/sales:sync", new { device_id = "tablet", sales }).Returns(200)).Json.List("sales").ShouldAllBe(sale => sale.Text("status") == "created");
    }

    private static async Task<JsonElement> Read(TestBusiness business, string query) => (await business.Owner.Get($"/business/analytics?{query}").Returns(200)).Json;

    private static string Days(DateTimeOffset from, DateTimeOffset to) => $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}";

    private static int[] Sales(JsonElement[] series) => [.. series.Select(figures => figures.GetProperty("sales").GetInt32())];

    private static string[] Parts(JsonElement analytics) => [.. analytics.List("parts").Select(part => $"{part.Text("key")}: {part.Text("sales")}")];
}
