using System.Globalization;
using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Orders;

/// <summary>
/// Numbers for people to read: 1001, 1002, ... per tenant and series, without a gap and without a repeat (ORD-15, C6),
/// because a number is taken in the commit of the thing that carries it.
/// </summary>
public sealed record NumberSeries(string Name, long Last) : IAggregate<NumberSeries, NumberSeriesEvent>, ISnapshotted
{
    public const string OrderSeries = "orders";

    public const long First = 1001;

    /// <summary>The stream of the order numbers.</summary>
    public static readonly Guid Orders = Stream(OrderSeries);

    public static int SnapshotVersion => 1;

    public static Guid Stream(string name) => Uuid.Named("number-series", name);

    /// <summary>The next order number; <paramref name="series"/> is null before the first.</summary>
    public static (string Number, NumberSeriesEvent[] Taken) NextOrder(NumberSeries? series, DateTimeOffset now) =>
        Next(OrderSeries, series, now);

    /// <summary>The next number of the series called <paramref name="name"/>, in the stream <see cref="Stream"/>.</summary>
    public static (string Number, NumberSeriesEvent[] Taken) Next(string name, NumberSeries? series, DateTimeOffset now)
    {
        var number = series is null ? First : checked(series.Last + 1);
        return (number.ToString(CultureInfo.InvariantCulture), [new NumberTaken(name, number, now)]);
    }

    public static NumberSeries Evolve(NumberSeries? state, NumberSeriesEvent e) => e switch
    {
        NumberTaken taken => new(taken.Series, taken.Number),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {state?.Last.ToString(CultureInfo.InvariantCulture) ?? "an empty stream"}."),
    };
}

public abstract record NumberSeriesEvent : IEvent;

[EventType("number_series.taken.v1", Internal = true)]
public sealed record NumberTaken(string Series, long Number, DateTimeOffset At) : NumberSeriesEvent;

[JsonSerializable(typeof(NumberTaken))]
[JsonSerializable(typeof(NumberSeries))]
internal sealed partial class NumberSeriesJson : JsonSerializerContext;
