namespace Mainstreet.Application.Dashboards;

/// <summary>
/// Sales are counted from the lists of orders and of till sales themselves, found by their times, so that every time zone has its own days. PostgreSQL's
/// date_trunc keeps apart the two hours of the same name when clocks are set back.
/// </summary>
internal static class AnalyticsSql
{
    /// <summary>When the first day begins, wherever that is.</summary>
    private const string Lower = "(@from::date)::timestamp at time zone @zone";

    private const string Upper = "(@to::date + 1)::timestamp at time zone @zone";

    /// <summary>What an amended order cost more when it was paid is not in its total any more, so it is not taken off that once again.</summary>
    private const string Refunded = "greatest(0, p.refunded_amount - greatest(0, least(p.captured_amount, p.amount_amount) - o.total_amount))";

    private static readonly string Sold = $"""
        sold as (
          select o.order_id as id, o.placed_at as at, o.channel, null::text as staff, o.status in ('canceled', 'rejected', 'returned') as reversed,
                 o.subtotal_amount as gross, o.discount_amount as discount, o.tax_amount as tax, o.delivery_fee_amount as fee, o.tip_amount as tip,
                 o.total_amount as total, o.lines, '[]'::jsonb as returns, {Quantity("o.lines")} as items,
                 coalesce((select sum({Refunded}) from rm.payments p where p.order_id = o.order_id), 0) as refunded
            from rm.orders o where o.placed_at >= {Lower} and o.placed_at < {Upper} and o.total_currency = @currency
          union all
          select s.sale_id, s.sold_at, s.channel, s.sold_by ->> 'id', s.status in ('voided', 'returned'),
                 s.subtotal_amount, s.discount_amount, s.tax_amount, 0, 0, s.total_amount, s.lines, s.returns,
                 {Quantity("s.lines")} - (select coalesce(sum({Quantity("r -> 'lines'")}), 0) from jsonb_array_elements(s.returns) r),
                 coalesce((select sum((r -> 'total' ->> 'amount')::bigint) from jsonb_array_elements(s.returns) r), 0)
            from rm.sales s where s.sold_at >= {Lower} and s.sold_at < {Upper} and s.total_currency = @currency
        )
        """;

    /// <summary>What was sold of which product, and what came back at a till.</summary>
    private const string Lines = """
        lines as (
          select s.id, s.at, (l ->> 'product_id')::uuid as product_id, l ->> 'name' as name, (l ->> 'quantity')::numeric as quantity,
                 (l -> 'subtotal' ->> 'amount')::bigint - coalesce((l -> 'discount' ->> 'amount')::bigint, 0) as net
            from sold s cross join jsonb_array_elements(s.lines) l where not s.reversed
          union all
          select s.id, s.at, (l ->> 'product_id')::uuid, null, -(l ->> 'quantity')::numeric, -(l -> 'net' ->> 'amount')::bigint
            from sold s cross join jsonb_array_elements(s.returns) r cross join jsonb_array_elements(r -> 'lines') l where not s.reversed
        )
        """;

    private const string Figures = """
        count(*) filter (where not reversed) as sales, coalesce(sum(items) filter (where not reversed), 0) as items,
        coalesce(sum(gross) filter (where not reversed), 0) as gross, coalesce(sum(discount) filter (where not reversed), 0) as discounts,
        coalesce(sum(tax) filter (where not reversed), 0) as tax, coalesce(sum(fee) filter (where not reversed), 0) as delivery_fees,
        coalesce(sum(tip) filter (where not reversed), 0) as tips, coalesce(sum(refunded) filter (where not reversed), 0) as refunded,
        coalesce(sum(total - refunded) filter (where not reversed), 0) as revenue, count(*) filter (where reversed) as reversed
        """;

    private const string OfSales = "count(*) as sales, sum(items) as quantity, sum(total - refunded) as revenue";

    /// <summary>As PostgreSQL names it.</summary>
    public static string Unit(Granularity granularity) => granularity switch
    {
        Granularity.Hour => "hour",
        Granularity.Day => "day",
        Granularity.Week => "week",
        Granularity.Month => "month",
    };

    /// <summary>
    /// One statement, so that all numbers are of one moment. Parameters: from, to (days), zone, unit, currency, most. One row: totals, series, parts.
    /// </summary>
    public static string Of(Breakdown? by) => $"""
        with {Sold}, {Lines}, parts as (
          {Parts(by)}
        )
        select
          (select to_jsonb(t) from (select {Lower} as start, {Figures} from sold) t) as totals,
          (select jsonb_agg(to_jsonb(b) order by b.start) from (
            select p.start, {Figures}
              from (select distinct date_trunc(@unit, t, @zone) as start from generate_series({Lower}, {Upper} - interval '1 minute', interval '30 minutes') t) p
              left join (select *, date_trunc(@unit, at, @zone) as start from sold) c on c.start = p.start
             group by p.start) b) as series,
          (select coalesce(jsonb_agg(to_jsonb(p) order by p.revenue desc, p.quantity desc, p.key), '[]') from (
            select * from parts order by revenue desc, quantity desc, key limit @most) p) as parts
        """;

    private static string Quantity(string lines) => $"(select coalesce(sum((l ->> 'quantity')::numeric), 0) from jsonb_array_elements({lines}) l)";

    private static string Parts(Breakdown? by) => by is { } part ? Parts(part) : "select null::text as key, null::text as name, 0 as sales, 0 as quantity, 0 as revenue where false";

    private static string Parts(Breakdown by) => by switch
    {
        Breakdown.Product => """
            select product_id::text as key, (array_agg(name order by at desc) filter (where name is not null))[1] as name,
                   count(distinct id) as sales, sum(quantity) as quantity, sum(net) as revenue from lines group by product_id
            """,
        Breakdown.Category => """
            select c.id::text as key, c.name, count(distinct l.id) as sales, sum(l.quantity) as quantity, sum(l.net) as revenue
              from lines l left join rm.products p on p.id = l.product_id left join rm.categories c on c.id = p.category_id group by c.id, c.name
            """,
        Breakdown.Channel => $"select channel as key, null::text as name, {OfSales} from sold where not reversed group by channel",
        Breakdown.Hour => $"select extract(hour from at at time zone @zone)::int::text as key, null::text as name, {OfSales} from sold where not reversed group by 1",
        Breakdown.Weekday => $"select extract(isodow from at at time zone @zone)::int::text as key, null::text as name, {OfSales} from sold where not reversed group by 1",
        Breakdown.Staff => $"select staff as key, null::text as name, {OfSales} from sold where not reversed group by staff",
    };
}
