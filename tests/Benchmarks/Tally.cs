using Mainstreet.Domain.Orders;

namespace Mainstreet.Benchmarks;

/// <summary>The smallest aggregate: no snapshot, no view. What is left is the log.</summary>
internal sealed record Tally(long Last) : IAggregate<Tally, NumberSeriesEvent>
{
    /// <summary>Makes an event as long as the usual one, some 320 bytes with its metadata aside.</summary>
    private static readonly string name = new('n', 240);

    public static NumberSeriesEvent[] Three() => [new NumberTaken(name, 1, Bench.Now), new NumberTaken(name, 2, Bench.Now), new NumberTaken(name, 3, Bench.Now)];

    public static Tally Evolve(Tally? state, NumberSeriesEvent e) => new(((NumberTaken)e).Number);
}
