using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain.Orders;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Benchmarks;

/// <summary>What the measured messages do: one event in a stream of its own.</summary>
[Message("benchmark.tally")]
internal sealed record TallyOnce(Guid Id) : IRequest<Committed>;

internal sealed class TallyOnceHandler(IAggregates aggregates) : IRequestHandler<TallyOnce, Committed>
{
    public Task<Committed> Handle(TallyOnce command, CancellationToken cancellationToken) =>
        aggregates.Create<Tally, NumberSeriesEvent>(command.Id, () => [new NumberTaken("benchmark", 1, Bench.Now)], cancellationToken);
}

/// <summary>Messages per second, from the first that falls due until the last has run: claimed, run in the tenant's scope, committed with its effects, removed.</summary>
internal static class MessagesTable
{
    private const int Messages = 4_000;
    private const int AtOnce = 200;

    public static async Task Run()
    {
        Console.WriteLine("| messages | tenants | messages/s | target |");
        Console.WriteLine("|---:|---:|---:|---:|");
        await using var bench = await Bench.Start();
        foreach (var count in (int[])[10, 1])
        {
            var rates = new List<double>();
            for (var round = 0; round <= Bench.Rounds; round++) // the first is to warm up
            {
                rates.Add(await Measure(bench, await bench.NewTenants(count)));
            }

            Console.WriteLine($"| {Messages} | {count} | {Bench.Median(rates[1..]):F0} | 500 |");
        }

        Console.WriteLine();
    }

    private static async Task<double> Measure(Bench bench, List<TenantId> tenants)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages / AtOnce; i++)
        {
            await bench.In(tenants[i % tenants.Count], services => services.GetRequiredService<ILane>().Run(
                _ => { },
                (log, now) =>
                {
                    for (var message = 0; message < AtOnce; message++)
                    {
                        log.Schedule(new TallyOnce(Uuid.New()), now);
                    }

                    return new Committed(0);
                },
                CancellationToken.None));
        }

        await using var left = bench.Owner.CreateCommand("select count(*) from messages where type = 'benchmark.tally'");
        while ((long)(await left.ExecuteScalarAsync())! > 0)
        {
            await Task.Delay(20);
        }

        return Messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
