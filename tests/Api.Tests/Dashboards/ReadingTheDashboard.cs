using System.Globalization;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Dashboards;

public sealed class ReadingTheDashboard(ApiFixture api)
{
    [Fact]
    public async Task A_new_business_has_sold_nothing_in_thirty_days()
    {
        var acme = await api.NewBusiness("acme", timezone: "Asia/Jerusalem");
        var answer = await api.As(acme).Get("/business/dashboard").Returns(200);
        var dashboard = answer.Json;
        var today = Timezones.DayOf(dashboard.GetProperty("as_of").GetDateTimeOffset(), "Asia/Jerusalem");
        dashboard.GetProperty("currency").GetString().ShouldBe("EUR");
        dashboard.GetProperty("from").GetString().ShouldBe(Iso(today.AddDays(-29)));
        dashboard.GetProperty("to").GetString().ShouldBe(Iso(today));
        dashboard.GetProperty("revenue").GetRawText().ShouldBe("""{"amount":0,"currency":"EUR"}""");
        dashboard.GetProperty("average_order_value").GetRawText().ShouldBe("""{"amount":0,"currency":"EUR"}""");
        dashboard.GetProperty("by_day").EnumerateArray().Select(day => day.GetProperty("date").GetString())
            .ShouldBe(Enumerable.Range(-29, 30).Select(n => Iso(today.AddDays(n))));
        dashboard.GetProperty("by_day")[0].GetRawText()
            .ShouldBe($$"""{"date":"{{Iso(today.AddDays(-29))}}","revenue":{"amount":0,"currency":"EUR"},"orders":0,"items":0,"reversed_orders":0}""");
        dashboard.GetProperty("top_products").GetArrayLength().ShouldBe(0);
        dashboard.GetProperty("orders_by_status").EnumerateObject().Select(status => status.Name).ShouldBe(
            ["awaiting_payment", "pending", "confirmed", "preparing", "ready", "out_for_delivery", "delivered", "completed", "canceled", "rejected", "delivery_failed", "returned"]);
        dashboard.GetProperty("position").GetRawText().ShouldBe(answer.Header("Projection-Position"));
        dashboard.GetProperty("projection_version").GetString().ShouldBe("order_statuses_v1.1 product_sales_by_day_v1.1 sales_by_day_v1.1");
    }

    [Fact]
    public async Task A_range_has_both_ends()
    {
        var acme = api.As(await api.NewBusiness("acme"));
        await Days("?from=2026-03-01&to=2026-03-01", "2026-03-01", "2026-03-01", 1);
        await Days("?from=2024-01-01&to=2024-12-31", "2024-01-01", "2024-12-31", 366);
        await Days("?to=2026-03-30", "2026-03-01", "2026-03-30", 30);
        await Days("?to=0001-01-02", "0001-01-01", "0001-01-02", 2);
        await Days("?from=9999-12-31&to=9999-12-31", "9999-12-31", "9999-12-31", 1);

        async Task Days(string query, string from, string to, int days)
        {
            var dashboard = (await acme.Get("/business/dashboard" + query).Returns(200)).Json;
            dashboard.GetProperty("from").GetString().ShouldBe(from);
            dashboard.GetProperty("to").GetString().ShouldBe(to);
            dashboard.GetProperty("by_day").GetArrayLength().ShouldBe(days);
        }
    }

    [Fact]
    public async Task A_range_that_cannot_be_is_refused()
    {
        var acme = api.As(await api.NewBusiness("acme"));
        await acme.Get("/business/dashboard?from=2026-03-02&to=2026-03-01").Refused(400, "invalid_range");
        await acme.Get("/business/dashboard?from=9999-12-31").Refused(400, "invalid_range");
        await acme.Get("/business/dashboard?from=2024-01-01&to=2025-01-01").Refused(400, "range_too_long");
        await acme.Get("/business/dashboard?from=0001-01-01").Refused(400, "range_too_long");
        foreach (var day in (string[])["yesterday", "2026-02-30", "02/03/2026", "2026-3-2", "2026-03-02T00:00:00Z", "20260302", ""])
        {
            await acme.Get($"/business/dashboard?from={day}").Refused(400, "invalid_parameter");
        }

        await acme.Get("/business/dashboard?tz=Europe/Berlin").Refused(400, "unknown_parameter");
    }

    [Fact]
    public async Task Those_who_manage_or_keep_the_books_may_read_it()
    {
        var acme = await api.NewBusiness("acme");
        await (await api.NewMember(acme, Role.Manager)).Get("/business/dashboard").Returns(200);
        await (await api.NewMember(acme, Role.Accountant)).Get("/business/dashboard").Returns(200);
        await (await api.NewMember(acme, Role.Staff)).Get("/business/dashboard").Refused(403, "missing_permission");
        await api.Guest.Get("/business/dashboard").Refused(401, "unauthenticated");
    }

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
