using System.Globalization;
using System.Text.RegularExpressions;
using Mainstreet.Application.Dashboards;
using Mainstreet.Application.Pos;
using Mainstreet.Application.Tests.Engine;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Pos;

/// <summary>
/// Lists and reports of tills (POS-03) look at the rows that they answer, and at no others: so it is the same with as many
/// sales as here and with millions of them.
/// </summary>
public sealed partial class ReadingSalesByIndex(EngineHost engine) : IClassFixture<EngineHost>, IAsyncLifetime
{
    /// <summary>Of each of two businesses: SALES=500000 is the long run.</summary>
    private static readonly int Sales = int.Parse(Environment.GetEnvironmentVariable("SALES") ?? "25000", CultureInfo.InvariantCulture);

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly PageRequest Page = new(Limit: 25);

    private readonly RegisterSessionId session = new(Uuid.New());
    private readonly CustomerId customer = new(Uuid.New());
    private TenantId acme;

    public async ValueTask InitializeAsync()
    {
        acme = await engine.NewTenant();
        await Fill(await engine.NewTenant());
        await Fill(acme);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_page_of_any_list_and_a_month_of_days_look_at_their_own_rows_alone()
    {
        await LooksOnlyAt(
            "select business_date, orders, revenue, items, reversed_orders from rm.sales_by_day where business_date between @from and @to and currency = @currency",
            atMost: 30, new { From = new DateOnly(2026, 2, 1), To = new DateOnly(2026, 3, 2), Currency = "EUR" });
        var (noon, minutes) = (DateOnly.FromDateTime(Noon.UtcDateTime), 24 * 60);
        await LooksOnlyAt(
            AnalyticsSql.Of(Breakdown.Product), atMost: minutes, new { From = noon.AddDays(-2), To = noon.AddDays(-2), Zone = "Europe/Berlin", Unit = "hour", Currency = "EUR", Most = 100 });
        foreach (var query in (ListSales[])
        [
            new(Page), new(Page, PaymentStatus: PaymentStatus.Pending), new(Page, SoldAfter: Noon.AddDays(-30), SoldBefore: Noon), new(Page, SessionId: session),
            new(Page, CustomerId: customer), new(Page, Number: "A-77"),
        ])
        {
            foreach (var goesOn in new[] { false, true })
            {
                await LooksOnlyAt(query.Sql(goesOn), atMost: Page.Rows, new
                {
                    query.SessionId,
                    query.CustomerId,
                    query.SoldAfter,
                    query.SoldBefore,
                    query.Number,
                    Page.Rows,
                    SoldAt = Noon.AddMinutes(-50),
                    SaleId = Guid.Empty,
                });
            }
        }
    }

    private Task<int> LooksOnlyAt(string sql, int atMost, object parameters) => engine.In(acme, async services =>
    {
        var lines = await services.GetRequiredService<IReadStore>().List<string>($"explain (analyze, costs off, timing off, summary off) {sql}", parameters, CancellationToken.None);
        var plan = $"{sql}\n{string.Join('\n', lines)}";
        plan.ShouldNotContain("Seq Scan");
        foreach (var line in lines.Where(line => line.Contains("Scan using", StringComparison.Ordinal) && ActualRows().IsMatch(line)))
        {
            double.Parse(ActualRows().Match(line).Groups["rows"].Value, CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(atMost, plan);
        }

        lines.ShouldNotContain(line => line.Contains("Rows Removed", StringComparison.Ordinal), plan);
        return 0;
    });

    /// <summary>A sale every minute, each thousandth of them to be paid; and ten years of days.</summary>
    private async Task Fill(TenantId tenant)
    {
        var line = SaleLine.Priced([new(new(Uuid.New()), new(Uuid.New()), "Bread", null, 1, new(400, "EUR"), null, new(0, "EUR"), Taxation.None, null)], new(0, "EUR"));
        var id = new SaleId(Uuid.New());
        var sold = await engine.In(tenant, services => services.GetRequiredService<IAggregates>().Create<Sale, SaleEvent>(id.Value, () =>
        [
            new SaleRungUp(
                id, null, "A-0", new(Uuid.New()), session, OrderChannel.WalkIn, customer, line, new(400, "EUR"), new(0, "EUR"), new(0, "EUR"), true, new(400, "EUR"),
                [new(TenderMethod.Cash, new(400, "EUR"), null, null)], new(0, "EUR"), DateOnly.FromDateTime(Noon.UtcDateTime), null, null, null, Noon),
        ], CancellationToken.None));
        await engine.Read<string>(tenant, "select currency from rm.sales_by_day", sold.Position);
        await using var owner = NpgsqlDataSource.Create(engine.OwnerConnection);
        await using var fill = owner.CreateCommand($$"""
            do $$ begin
              insert into rm.sales_v2
              select r.* from rm.sales_v2 s cross join generate_series(1, {{Sales}}) as i cross join lateral jsonb_populate_record(s, jsonb_build_object(
                'sale_id', gen_random_uuid(), 'number', 'A-' || i, 'sold_at', s.sold_at - i * interval '1 minute', 'session_id', gen_random_uuid(), 'customer_id', gen_random_uuid(),
                'payment_status', case when i % 1000 = 0 then 'pending' else 'paid' end)) r where s.tenant_id = '{{tenant}}';
              insert into rm.sales_by_day_v3
              select r.* from rm.sales_by_day_v3 s cross join generate_series(1, 3650) as i
               cross join lateral jsonb_populate_record(s, jsonb_build_object('business_date', s.business_date - i)) r where s.tenant_id = '{{tenant}}';
            end $$;
            analyze rm.sales_v2; analyze rm.sales_by_day_v3;
            """);
        fill.CommandTimeout = 600;
        await fill.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"actual rows=(?<rows>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ActualRows();
}
