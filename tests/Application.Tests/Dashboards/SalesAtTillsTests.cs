using Mainstreet.Application.Dashboards;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using static Mainstreet.Application.Tests.Dashboards.OrderEventSamples;

namespace Mainstreet.Application.Tests.Dashboards;

public class SalesAtTillsTests
{
    private static readonly SaleLine Loaves = SaleLine.Priced([new(Bread, new(Uuid.Named("variant")), "Bread", null, 4, Eur(400), null, Eur(100), Taxation.None, null)], Eur(0))[0];

    [Fact]
    public void They_count_beside_orders_on_their_business_day() => Days
        .Given(Placed(), RungUp("a"), RungUp("b"))
        .ThenView(new SalesByDay(Monday, "EUR", Orders: 3, Revenue: 1_900 + 3_000, Items: 10.5m, ReversedOrders: 0));

    [Fact]
    public void What_comes_back_is_taken_off_and_the_sale_with_the_last_of_it() => Days
        .Given(RungUp("a"), Returned("a", 1, complete: false))
        .ThenView(new SalesByDay(Monday, "EUR", Orders: 1, Revenue: 1_125, Items: 3, ReversedOrders: 0));

    [Fact]
    public void A_sale_that_came_back_or_was_voided_counts_no_more()
    {
        IEvent[] given = [RungUp("a"), Returned("a", 1, complete: false), Returned("a", 3, complete: true), RungUp("b"), Voided("b")];
        Days.Given(given).ThenView(new SalesByDay(Monday, "EUR", Orders: 0, Revenue: 0, Items: 0, ReversedOrders: 2));
        Products.Given(given).ThenView(new ProductSalesByDay(Monday, Bread, "EUR", "Bread", 0, 0));
    }

    [Fact]
    public void Products_count_by_what_was_left_of_their_price() => Products
        .Given(RungUp("a"), Returned("a", 1, complete: false))
        .ThenView(new ProductSalesByDay(Monday, Bread, "EUR", "Bread", 3, 1_125));

    private static ProjectionSpec<SalesByDay> Days => new(new SalesByDayProjection());

    private static ProjectionSpec<ProductSalesByDay> Products => new(new ProductSalesByDayProjection());

    /// <summary>Four loaves for 15.00.</summary>
    private static SaleRungUp RungUp(string sale) => new(
        Id(sale), null, sale, default, default, OrderChannel.WalkIn, null, [Loaves], Eur(1_600), Eur(100), Eur(0), true, Eur(1_500), [], Eur(0), Monday, null, null, null, Noon);

    private static SaleReturned Returned(string sale, decimal quantity, bool complete) =>
        new(Id(sale), sale, "", default, default, null, Monday, [Back(quantity)], Eur((long)(375 * quantity)), [], Eur(0), complete, null, Noon);

    private static SaleVoided Voided(string sale) => new(Id(sale), sale, default, default, "mistake", Monday, [Back(4)], Eur(1_500), [], null, Noon);

    private static ReturnedLine Back(decimal quantity) => new(1, Bread, Loaves.VariantId, quantity, Eur((long)(375 * quantity)), 0, Eur(0), Restocked: true);

    private static SaleId Id(string sale) => SaleId.Of(sale);

    private static Money Eur(long cents) => new(cents, "EUR");
}
