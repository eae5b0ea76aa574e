using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>
/// A generated day of ten thousand orders in twenty businesses, by fifty clients at storefronts and tills: how fast they are taken, and whether stock,
/// tills, customers, points, fees, statements and dashboards say in the evening what a recount of the events says.
/// </summary>
/// <param name="pace">So many purchases a second are begun, and one that finds no client free has waited since its time; null: each client goes on at once.</param>
internal sealed class DayTable(int? pace)
{
    private const int Businesses = 20;
    private const int Orders = 10_000;
    private const int Clients = 50;
    private const int Seed = 20_261_122;

    /// <summary>The platform's fee, in hundredths of a percent.</summary>
    private const int FeeBasisPoints = 150;

    private readonly ConcurrentBag<(string Call, double Milliseconds)> times = [];
    private readonly ConcurrentBag<string> errors = [];

    public async Task Run()
    {
        using var product = await ProductProcess.Start(("Payouts__FeeBasisPoints", FeeBasisPoints.ToString(CultureInfo.InvariantCulture)));
        using var http = new HttpClient { BaseAddress = product.Address };
        var shops = await Open(http, Businesses);
        var random = new Random(Seed);
        var day = Enumerable.Range(0, Orders).Select(_ => Purchase.Drawn(random, shops)).ToArray();

        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(day.Index(), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (next, _) => await Make(next.Item, await Turn(next.Index, started)));
        var took = Stopwatch.GetElapsedTime(started);

        await Evening(product.Database);
        var followed = Stopwatch.GetElapsedTime(started) - took;
        Print(took, followed);
        var differences = new List<string>();
        foreach (var shop in shops)
        {
            differences.AddRange(await new Recount(shop, FeeBasisPoints).Differences());
        }

        Console.WriteLine($"{differences.Count} differences between {Businesses} recounts of the events and what the product says.");
        Console.WriteLine();
        if (differences.Count > 0 || !errors.IsEmpty)
        {
            throw new InvalidOperationException(string.Join('\n', differences.Concat(errors).Take(20)));
        }
    }

    /// <summary>A single business, as those of the day are.</summary>
    public static async Task<DayShop> OpenOne(HttpClient http) => (await Open(http, 1)).Single();

    private static async Task<List<DayShop>> Open(HttpClient http, int count)
    {
        var owner = HttpTable.Token(await HttpTable.Post(
            http, $"{DayShop.Api}/auth/register", null, new { email = "owner@example.com", password = "correct horse battery", full_name = "Olga" }));
        var catalogues = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "catalog"), "*.csv").Order(StringComparer.Ordinal).ToArray();
        var shops = new List<DayShop>();
        for (var i = 0; i < count; i++)
        {
            shops.Add(await DayShop.Open(http, owner, $"shop-{i + 1}", catalogues[i % catalogues.Length]));
        }

        return shops;
    }

    /// <summary>When the purchase should begin, at which it has come: now, where there is no pace.</summary>
    private async Task<long> Turn(int index, long started)
    {
        if (pace is not { } perSecond)
        {
            return Stopwatch.GetTimestamp();
        }

        var due = started + (index * Stopwatch.Frequency / perSecond);
        var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early);
        }

        return due;
    }

    /// <summary>The purchase, and what becomes of it.</summary>
    private async Task Make(Purchase purchase, long due)
    {
        try
        {
            if (purchase.AtTill)
            {
                await AtTill(purchase, due);
            }
            else
            {
                await AtStorefront(purchase, due);
            }
        }
        catch (InvalidOperationException e)
        {
            errors.Add(e.Message);
        }
    }

    private async Task AtStorefront(Purchase purchase, long due)
    {
        var shop = purchase.Shop;
        var order = await Timed("order at a storefront", due, () => shop.Order(purchase.Customer, purchase.Basket()));
        var path = $"/business/orders/{DayShop.Id(order)}";
        foreach (var (step, body) in purchase.StepsOfOrder(order.GetProperty("totals").GetProperty("total")))
        {
            await Timed("step of an order", Stopwatch.GetTimestamp(), () => shop.Post($"{path}/{step}", body));
        }
    }

    private async Task AtTill(Purchase purchase, long due)
    {
        var shop = purchase.Shop;
        var sale = await Timed("sale at a till", due, () => shop.Post("/business/sales", purchase.Sale()));
        foreach (var (step, body) in purchase.StepsOfSale())
        {
            await Timed("void or return", Stopwatch.GetTimestamp(), () => shop.Post($"/business/sales/{DayShop.Id(sale)}/{step}", body));
        }
    }

    private async Task<JsonElement> Timed(string call, long started, Func<Task<JsonElement>> send)
    {
        var answer = await send();
        times.Add((call, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        return answer;
    }

    /// <summary>Fees and points follow what is paid by messages: it is evening when every event was seen and no message is due.</summary>
    private static async Task Evening(string database)
    {
        await using var owner = NpgsqlDataSource.Create(database);
        await using var left = owner.CreateCommand("""
            select (select count(*) from messages where leased_until is not null or visible_at <= clock_timestamp())
                 + (select count(*) from dirty_tenants((select array_agg(name) from subscriptions)))
            """);
        while ((long)(await left.ExecuteScalarAsync())! > 0)
        {
            await Task.Delay(20);
        }
    }

    private void Print(TimeSpan took, TimeSpan followed)
    {
        var begun = pace is null ? "as fast as they are taken" : $"{pace} begun a second";
        Console.WriteLine($"{Orders} orders and sales, {begun}, in {took.TotalSeconds:F0} s, {Orders / took.TotalSeconds:F0} a second with all that their clients did with them; {errors.Count} errors.");
        Console.WriteLine($"{followed.TotalSeconds:F0} s after the last of them fees, points and notifications had followed.");
        Console.WriteLine();
        Console.WriteLine($"| call, by {Clients} clients | calls | p50 ms | p95 ms | p99 ms | target |");
        Console.WriteLine("|---|---:|---:|---:|---:|---|");
        foreach (var call in times.GroupBy(time => time.Call, time => time.Milliseconds).OrderBy(call => call.Key, StringComparer.Ordinal))
        {
            var sorted = call.Order().ToArray();
            Console.WriteLine($"| {call.Key} | {sorted.Length} | {Bench.At(sorted, 50):F1} | {Bench.At(sorted, 95):F1} | {Bench.At(sorted, 99):F1} | p95 200 |");
        }

        Console.WriteLine();
    }
}
