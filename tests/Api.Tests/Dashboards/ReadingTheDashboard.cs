using System.Globalization;
using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
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
        dashboard.GetProperty("projection_version").GetString().ShouldBe("order_statuses_v1.1 product_sales_by_day_v4.1 sales_by_day_v3.1");
    }

    [Fact]
    public async Task As_of_a_moment_it_is_what_was_read_at_that_moment_while_orders_go_on_coming_in()
    {
        var acme = await api.NewBusiness("acme");
        var can = await acme.Sell();
        var read = new List<ApiAnswer> { await api.As(acme).Get("/business/dashboard").Returns(200) };
        for (var i = 0; i < 3; i++)
        {
            var order = await api.Buy(acme, can, i + 1);
            await acme.Owner.Post($"{order.Path}/{(i == 1 ? "cancel" : "confirm")}", i == 1 ? new { reason = "tried" } : null).Returns(204);
            read.Add(await acme.Owner.Get("/business/dashboard").Returns(200));
        }

        var more = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Buy(acme, can)));
        foreach (var then in read.Concat(read))
        {
            var at = Uri.EscapeDataString(then.Json.GetProperty("as_of").GetString()!);
            var again = await acme.Owner.Get($"/business/dashboard?as_of={at}").Until(answer => answer.Status == 200);
            Numbers(again).ShouldBe(Numbers(then));
            again.Header("Projection-Position").ShouldBe(again.Json.GetProperty("position").GetRawText());
        }

        await more;
        (await acme.Owner.Get("/business/dashboard").Until(answer => answer.Json.GetProperty("orders").GetInt32() == 6)).Status.ShouldBe(200);
        read.Select(Numbers).ShouldBeUnique();
        (await acme.Owner.Get("/business/projections/sales_by_day").Returns(200)).Json.GetProperty("projection").GetProperty("state").GetString().ShouldBe("live");

        static string Numbers(ApiAnswer dashboard)
        {
            var body = JsonNode.Parse(dashboard.Text)!.AsObject();
            body.Remove("position");
            body.Remove("projection_version");
            return body.ToJsonString();
        }
    }

    [Fact]
    public async Task Moments_of_a_business_are_kept_for_an_hour_and_some_at_a_time()
    {
        var acme = await api.NewBusiness("acme");
        var database = new WholeDatabase(api.Database);
        var category = (await acme.Owner.Post("/business/categories", new { name = "0" }).Returns(201)).Id;
        for (var i = 1; i <= 20; i++)
        {
            await acme.Owner.Patch($"/business/categories/{category}", new { name = $"{i}" }).Returns(204);
        }

        var times = (await acme.Owner.Get($"/history/categories/{category}?limit=100").Returns(200)).Data.Select(entry => Uri.EscapeDataString(entry.GetProperty("at").GetString()!)).ToArray();
        foreach (var time in times[..20])
        {
            await acme.Owner.Get($"/business/dashboard?as_of={time}").Until(answer => answer.Status == 200);
        }

        (await acme.Owner.Get($"/business/dashboard?as_of={times[20]}").Refused(503, "as_of_limit")).Header("Retry-After").ShouldNotBeNull();
        await acme.Owner.Get($"/business/dashboard?as_of={times[3]}").Returns(200);
        var kept = $"rebuilds where tenant_id = '{acme.Id}' and goal = 'keep'";
        (await database.Number($"select count(*) from {kept} and drop_at > clock_timestamp() + interval '59 minutes' and requested_by is not null")).ShouldBe(60);
        await database.Texts($"update {kept.Replace(" where", " set drop_at = clock_timestamp() where", StringComparison.Ordinal)} returning view");
        await acme.Owner.Get($"/business/dashboard?as_of={times[20]}").Until(answer => answer.Status == 200);
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
