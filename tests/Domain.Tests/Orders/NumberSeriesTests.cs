using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Tests.Orders;

public class NumberSeriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    internal static NumberSeriesEvent[][] Samples => [[new NumberTaken("orders", 1001, Now), new NumberTaken("orders", 1002, Now)]];

    [Fact]
    public void The_first_number_is_1001() => NumberSeries.NextOrder(null, Now).Number.ShouldBe("1001");

    [Fact]
    public void Numbers_follow_without_a_gap()
    {
        NumberSeries? series = null;
        var numbers = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            var (number, taken) = NumberSeries.NextOrder(series, Now);
            series = taken.Aggregate(series, NumberSeries.Evolve);
            numbers.Add(number);
        }

        numbers.ShouldBe(Enumerable.Range(1001, 100).Select(number => $"{number}"));
    }

    [Fact]
    public void Each_series_has_its_own_stream() => NumberSeries.Stream("receipts").ShouldNotBe(NumberSeries.Orders);

    [Fact]
    public void The_stream_of_the_order_numbers_never_changes() => NumberSeries.Orders.ShouldBe(Uuid.Named("number-series", "orders"));
}
