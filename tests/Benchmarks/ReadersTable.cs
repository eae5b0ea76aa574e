using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Mainstreet.Benchmarks;

/// <summary>
/// A thousand readers of one storefront at once, while orders come in: each asks for the shop and its first page of products, waits for both answers, and asks
/// again, half of them with the tags they were given.
/// </summary>
internal sealed class ReadersTable(TimeSpan duration)
{
    private const int Readers = 1_000;
    private const int OrdersPerSecond = 5;

    private readonly ConcurrentBag<(string Call, double Milliseconds)> times = [];
    private readonly ConcurrentBag<string> errors = [];
    private int orders;

    public async Task Run()
    {
        using var product = await ProductProcess.Start();
        using var http = new HttpClient { BaseAddress = product.Address, Timeout = TimeSpan.FromMinutes(5) };
        var shop = await DayTable.OpenOne(http);
        await Measure(http, shop, Readers / 10); // to warm up
        orders = 0;
        errors.Clear();
        times.Clear();
        await Measure(http, shop, Readers);

        Console.WriteLine($"{Readers} readers while {orders} orders came in; {errors.Count} errors. {errors.FirstOrDefault()}");
        Console.WriteLine();
        Console.WriteLine("| call | answers/s | p50 ms | p95 ms | p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var call in times.GroupBy(time => time.Call, time => time.Milliseconds).OrderBy(call => call.Key, StringComparer.Ordinal))
        {
            var sorted = call.Order().ToArray();
            Console.WriteLine($"| {call.Key} | {sorted.Length / duration.TotalSeconds:F0} | {Bench.At(sorted, 50):F0} | {Bench.At(sorted, 95):F0} | {Bench.At(sorted, 99):F0} |");
        }

        Console.WriteLine();
    }

    private async Task Measure(HttpClient http, DayShop shop, int readers)
    {
        var watch = Stopwatch.StartNew();
        var buying = Buy(shop, watch);
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async i =>
        {
            string? front = null, page = null;
            while (watch.Elapsed < duration)
            {
                var keeps = i % 2 == 0;
                front = await Read(http, "the shop", $"{DayShop.Api}/storefronts/{shop.Name}", keeps ? front : null);
                page = await Read(http, "the first products", $"{DayShop.Api}/storefronts/{shop.Name}/products?limit=20", keeps ? page : null);
            }
        }));
        await buying;
    }

    private async Task Buy(DayShop shop, Stopwatch watch)
    {
        var random = new Random(orders);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / OrdersPerSecond));
        while (watch.Elapsed < duration)
        {
            await timer.WaitForNextTickAsync();
            var purchase = Purchase.Drawn(random, [shop]);
            await shop.Order(purchase.Customer, purchase.Basket());
            orders++;
        }
    }

    /// <summary>The tag of the answer.</summary>
    private async Task<string?> Read(HttpClient http, string call, string path, string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode && answer.StatusCode is not HttpStatusCode.NotModified)
            {
                errors.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            times.Add((answer.StatusCode is HttpStatusCode.NotModified ? $"{call}, unchanged" : call, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
            return answer.Headers.ETag?.ToString();
        }
        catch (HttpRequestException e)
        {
            errors.Add(e.Message);
            return null;
        }
    }
}
