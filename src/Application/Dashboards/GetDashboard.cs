using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Dashboards;

/// <summary>
/// How a business does, by business days (ANA-01): days in its timezone, both ends included. Left out: the 30 days up to
/// today, or up to <paramref name="To"/>. Errors: invalid_range, range_too_long (400).
/// </summary>
public sealed record GetDashboard(DateOnly? From = null, DateOnly? To = null) : IRequest<Dashboard>
{
    public const int MaxDays = 366;
}

/// <param name="AsOf">When the numbers were read, by the business's clock.</param>
/// <param name="ByDay">Every day of the range, those without sales too.</param>
/// <param name="TopProducts">The ten with the most revenue.</param>
/// <param name="OrdersByStatus">Where the orders placed in the range stand now; every status is named.</param>
public sealed record Dashboard(
    string Currency,
    DateOnly From,
    DateOnly To,
    DateTimeOffset AsOf,
    IReadOnlyList<DaySales> ByDay,
    IReadOnlyList<ProductSales> TopProducts,
    IReadOnlyDictionary<OrderStatus, int> OrdersByStatus)
{
    public Money Revenue => new(ByDay.Sum(day => day.Revenue), Currency);

    /// <summary>Without those that were reversed, as everywhere here.</summary>
    public int Orders => ByDay.Sum(day => day.Orders);

    public decimal Items => ByDay.Sum(day => day.Items);

    public int ReversedOrders => ByDay.Sum(day => day.ReversedOrders);

    /// <summary>Rounded to the minor unit; zero without orders.</summary>
    public Money AverageOrderValue => new(Orders == 0 ? 0 : (long)decimal.Round((decimal)Revenue.Amount / Orders, MidpointRounding.AwayFromZero), Currency);
}

public sealed record DaySales(DateOnly BusinessDate, int Orders, long Revenue, decimal Items, int ReversedOrders);

public sealed record ProductSales(ProductId ProductId, string Name, decimal Quantity, long Revenue);

internal sealed class GetDashboardHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<GetDashboard, Dashboard>
{
    // one statement, so that all numbers are of one moment
    private const string Sql = """
        select
          (select coalesce(jsonb_agg(d), '[]') from (
            select business_date, orders, revenue, items, reversed_orders
              from rm.sales_by_day where business_date between @from and @to and currency = @currency) d) as days,
          (select coalesce(jsonb_agg(p order by p.revenue desc, p.quantity desc, p.product_id), '[]') from (
            select product_id, (array_agg(name order by business_date desc))[1] as name, sum(quantity) as quantity, sum(revenue) as revenue
              from rm.product_sales_by_day where business_date between @from and @to and currency = @currency
             group by product_id having sum(quantity) > 0
             order by sum(revenue) desc, sum(quantity) desc, product_id limit 10) p) as products,
          (select coalesce(jsonb_object_agg(s.status, s.orders), '{}') from (
            select status, count(*) as orders from rm.order_statuses where business_date between @from and @to group by status) s) as statuses
        """;

    public async Task<Dashboard> Handle(GetDashboard query, CancellationToken cancellationToken)
    {
        var business = await reads.Find<Locale>("select currency, timezone from rm.business_profile", null, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("business"));
        var now = clock.GetUtcNow();
        var (from, to) = DayRange.Of(query.From, query.To, Timezones.DayOf(now, business.Timezone), GetDashboard.MaxDays);

        var numbers = (await reads.Find<Numbers>(Sql, new { From = from, To = to, business.Currency }, cancellationToken))!;
        var sold = numbers.Days.ToDictionary(day => day.BusinessDate);
        return new(
            business.Currency, from, to, now,
            [.. Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).Select(DateOnly.FromDayNumber).Select(day => sold.GetValueOrDefault(day) ?? new(day, 0, 0, 0, 0))],
            numbers.Products,
            Enum.GetValues<OrderStatus>().ToDictionary(status => status, status => numbers.Statuses.GetValueOrDefault(status)));
    }

    private sealed record Locale(string Currency, string Timezone);

    private sealed record Numbers(DaySales[] Days, ProductSales[] Products, Dictionary<OrderStatus, int> Statuses);
}
