using Mainstreet.Application.Dashboards;
using static Mainstreet.Application.Tests.Dashboards.OrderEventSamples;

namespace Mainstreet.Application.Tests.Dashboards;

public class ProductSalesByDayTests
{
    private static ProjectionSpec<ProductSalesByDay> Products => new(new ProductSalesByDayProjection());

    [Fact]
    public void Lines_add_up_per_product_and_day() => Products
        .Given(Placed("first"), Placed("second"), Placed("third", on: Monday.AddDays(1)))
        .ThenView(
            new(Monday, Bread, "EUR", "Bread", Quantity: 4, Revenue: 1_600),
            new(Monday, Cake, "EUR", "Cake", Quantity: 1, Revenue: 1_800),
            new(Monday.AddDays(1), Bread, "EUR", "Bread", Quantity: 2, Revenue: 800),
            new(Monday.AddDays(1), Cake, "EUR", "Cake", Quantity: 0.5m, Revenue: 900));

    [Fact]
    public void What_is_reversed_is_taken_back_and_leaves_the_name() => Products
        .Given(Placed("first"), Placed("second", bread: "Sourdough"), Placed("second").Canceled())
        .ThenView(new(Monday, Bread, "EUR", "Sourdough", 2, 800), new(Monday, Cake, "EUR", "Cake", 0.5m, 900));

    [Fact]
    public void All_of_it_can_be_reversed() => Products
        .Given(Placed(), Placed().Expired())
        .ThenView(new(Monday, Bread, "EUR", "Bread", 0, 0), new(Monday, Cake, "EUR", "Cake", 0, 0));
}
