using Mainstreet.Application.Dashboards;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using static Mainstreet.Application.Tests.Dashboards.OrderEventSamples;

namespace Mainstreet.Application.Tests.Dashboards;

public class SalesByDayTests
{
    private static ProjectionSpec<SalesByDay> Sales => new(new SalesByDayProjection());

    [Fact]
    public void An_order_counts_on_its_business_day_with_all_that_is_paid() => Sales
        .Given(Placed("first"), Placed("second"), Placed("third", on: Monday.AddDays(1)), Placed().Confirmed())
        .ThenView(
            new(Monday, "EUR", Orders: 2, Revenue: 3_800, Items: 5, ReversedOrders: 0),
            new(Monday.AddDays(1), "EUR", Orders: 1, Revenue: 1_900, Items: 2.5m, ReversedOrders: 0));

    public static TheoryData<string> Reversals => ["canceled", "rejected", "returned", "expired"];

    [Theory]
    [MemberData(nameof(Reversals))]
    public void What_is_reversed_is_taken_back_from_the_day_it_was_placed_on(string reversal) => Sales
        .Given(Placed("first"), Placed("second"), Reversed(Placed("first"), reversal))
        .ThenView(new SalesByDay(Monday, "EUR", Orders: 1, Revenue: 1_900, Items: 2.5m, ReversedOrders: 1));

    [Fact]
    public void Currencies_are_never_added_up() => Sales
        .Given(Placed("first"), Placed("second", currency: "USD"))
        .ThenView(new(Monday, "EUR", 1, 1_900, 2.5m, 0), new(Monday, "USD", 1, 1_900, 2.5m, 0));

    /// <summary>Half an hour before and after midnight, in the nights around the change of the clocks.</summary>
    [Theory]
    [InlineData("Asia/Jerusalem", "2026-03-26T23:30:00+02:00", "2026-03-26")] // clocks go forward on Friday the 27th at 2:00
    [InlineData("Asia/Jerusalem", "2026-03-27T00:30:00+02:00", "2026-03-27")]
    [InlineData("Asia/Jerusalem", "2026-03-27T23:30:00+03:00", "2026-03-27")]
    [InlineData("Asia/Jerusalem", "2026-03-28T00:30:00+03:00", "2026-03-28")]
    [InlineData("Asia/Jerusalem", "2026-10-24T23:30:00+03:00", "2026-10-24")] // back on Sunday the 25th at 2:00
    [InlineData("Asia/Jerusalem", "2026-10-25T00:30:00+03:00", "2026-10-25")]
    [InlineData("Asia/Jerusalem", "2026-10-25T23:30:00+02:00", "2026-10-25")]
    [InlineData("Asia/Jerusalem", "2026-10-26T00:30:00+02:00", "2026-10-26")]
    [InlineData("America/New_York", "2026-03-07T23:30:00-05:00", "2026-03-07")] // forward on Sunday the 8th at 2:00
    [InlineData("America/New_York", "2026-03-08T00:30:00-05:00", "2026-03-08")]
    [InlineData("America/New_York", "2026-03-08T23:30:00-04:00", "2026-03-08")]
    [InlineData("America/New_York", "2026-03-09T00:30:00-04:00", "2026-03-09")]
    [InlineData("America/New_York", "2026-10-31T23:30:00-04:00", "2026-10-31")] // back on Sunday the 1st at 2:00
    [InlineData("America/New_York", "2026-11-01T00:30:00-04:00", "2026-11-01")]
    [InlineData("America/New_York", "2026-11-01T23:30:00-05:00", "2026-11-01")]
    [InlineData("America/New_York", "2026-11-02T00:30:00-05:00", "2026-11-02")]
    public void Around_midnight_and_a_change_of_the_clocks_an_order_counts_on_its_local_day(string timezone, string placed, string day)
    {
        var at = DateTimeOffset.Parse(placed, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Sales.Given(Placed(on: Timezones.DayOf(at, timezone), at: at)).ThenView(new SalesByDay(date, "EUR", 1, 1_900, 2.5m, 0));
    }

    private static OrderEvent Reversed(OrderPlaced placed, string reversal) => reversal switch
    {
        "canceled" => placed.Canceled(),
        "rejected" => placed.Rejected(),
        "returned" => placed.Returned(),
        _ => placed.Expired(),
    };
}
