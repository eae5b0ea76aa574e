using Mainstreet.Application.Catalog;
using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Payments;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;

namespace Mainstreet.Application.Exports;

/// <summary>A list that can be exported (row 36).</summary>
/// <param name="Name">As callers write it.</param>
/// <param name="Permission">Of whoever may read it.</param>
/// <param name="Row">The record of a row; events have their own.</param>
/// <param name="Sql">All rows of the present tenant, each once. Null: the events, which are read from the log.</param>
/// <param name="Personal">Whether people are in it: their erasure removes the file.</param>
public sealed record ExportedList(string Name, string Permission, Type Row, string? Sql, bool Personal = false)
{
    public static readonly ExportedList Events = new("events", Permissions.EventsRead, typeof(ExportedEvent), Sql: null, Personal: true);

    /// <summary>So that whoever reads the rows one after the other knows each parent already.</summary>
    private const string ParentsFirst = """
        with recursive tree as (
          select id, 0 as depth from rm.categories where parent_id is null
          union all
          select below.id, depth + 1 from rm.categories below join tree on below.parent_id = tree.id)
        select listed.* from rm.categories listed join tree using (id) order by depth, id
        """;

    /// <summary>By name.</summary>
    public static IReadOnlyList<ExportedList> All { get; } =
    [
        new("categories", Permissions.ProductsRead, typeof(CategoryView), ParentsFirst),
        new("customers", Permissions.CustomersRead, typeof(ExportedCustomer), ExportedCustomer.Select, Personal: true),
        new("deliveries", Permissions.OrdersRead, typeof(DeliveryView), "select * from rm.deliveries order by delivery_id", Personal: true),
        Events,
        new("option_groups", Permissions.ProductsRead, typeof(OptionGroupView), "select * from rm.option_groups order by id"),
        new("orders", Permissions.OrdersRead, typeof(OrderView), "select * from rm.orders order by order_id", Personal: true),
        new("payments", Permissions.OrdersRead, typeof(PaymentView), "select * from rm.payments order by payment_id"),
        new("products", Permissions.ProductsRead, typeof(ProductView), "select * from rm.products order by id"),
        new("stock", Permissions.StockRead, typeof(StockLevelView), $"select s.* from rm.stock_levels s where {StockLocations.InUse("s")} order by s.item_id"),
        new("stock_movements", Permissions.StockRead, typeof(StockMovementView), "select * from rm.stock_movements order by id"),
    ];

    public static ExportedList? Find(string name) => All.FirstOrDefault(list => list.Name == name);
}

/// <summary>Who has bought, each person once, with what the last order said.</summary>
public sealed record ExportedCustomer(CustomerId CustomerId, Contact Contact, long Orders, DateTimeOffset FirstOrderAt, DateTimeOffset LastOrderAt)
{
    internal const string Select = """
        with bought as (
          select coalesce(m.survivor_id, o.customer_id) as customer_id, sum(o.orders)::bigint as orders, min(o.first_order_at) as first_order_at, max(o.last_order_at) as last_order_at
            from (select customer_id, count(*) as orders, min(placed_at) as first_order_at, max(placed_at) as last_order_at from rm.orders group by customer_id) o
            left join rm.merged_customers m on m.customer_id = o.customer_id
           group by 1)
        select bought.customer_id, last.contact, bought.orders, bought.first_order_at, bought.last_order_at
          from bought
         cross join lateral (
           select o.contact from rm.orders o
            where o.customer_id = any(array(select m.customer_id from rm.merged_customers m where m.survivor_id = bought.customer_id) || bought.customer_id)
            order by o.placed_at desc, o.order_id desc limit 1) last
         order by bought.customer_id
        """;
}

/// <summary>The columns of an event in a table; its rows are the bodies that every outlet has.</summary>
public sealed record ExportedEvent(
    Guid Id, string Type, DateTimeOffset Timestamp, ExportedSubject Subject, int Sequence, long Position, object Data, Actor Actor, Guid CorrelationId, Guid CausationId, int SchemaVersion);

public sealed record ExportedSubject(string Type, Guid Id);
