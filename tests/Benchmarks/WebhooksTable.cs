using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Mainstreet.Benchmarks;

/// <summary>
/// How soon after the answer to a write its event is first tried at an endpoint, with and without one that hangs, and how many messages are delivered in a
/// second where many wait; beside it plain posts of the same bytes to the same receiver, as many at once.
/// </summary>
internal sealed class WebhooksTable(TimeSpan duration)
{
    private const int PerSecond = 20;
    private const int Healthy = 5;
    private const int Waiting = 2_000;
    private const int AtOnce = 8;
    private const string Endpoints = "/api/v1/webhook-endpoints";

    private readonly Guid[] shelves = new Guid[20];
    private readonly List<Guid> endpoints = [];
    private WebhookTarget target = null!;
    private HttpClient http = null!;
    private string token = "";
    private int turn;

    public async Task Run()
    {
        using var product = await ProductProcess.Start();
        await using var receiver = await WebhookTarget.Start();
        using var client = new HttpClient { BaseAddress = product.Address };
        (target, http) = (receiver, client);
        await Open();
        await Latencies();
        await Rates();
    }

    private async Task Latencies()
    {
        Console.WriteLine($"| from the answer to the first attempt, {PerSecond} events a second | attempts | p50 ms | p95 ms | p99 ms | target |");
        Console.WriteLine("|---|---:|---:|---:|---:|---|");
        await Register(1);
        await Measure(TimeSpan.FromSeconds(3), 1); // to warm up
        Row("one endpoint", await Measure(duration, 1), "p50 50");
        await Register(Healthy);
        var alone = await Measure(duration, Healthy);
        Row($"{Healthy} endpoints", alone, "");
        await Register("hangs");
        var beside = await Measure(duration, Healthy);
        Row($"{Healthy} endpoints beside one that hangs", beside, $"p99 below 2 times: {Bench.At(beside, 99) / Bench.At(alone, 99):F2}");
        Console.WriteLine();
    }

    private async Task Rates()
    {
        Console.WriteLine("| endpoints | waiting | deliveries/s | plain posts/s | ratio |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        foreach (var count in (int[])[1, 20])
        {
            await Register(count);
            var delivered = await Drain(Waiting / count, count);
            var posted = await Post(AtOnce * count);
            Console.WriteLine($"| {count} | {Waiting} | {delivered:F0} | {posted:F0} | {delivered / posted:F2} |");
        }

        Console.WriteLine();
    }

    /// <summary>The events wait at endpoints that are disabled; they are delivered when these are enabled.</summary>
    private async Task<double> Drain(int events, int count)
    {
        await Task.WhenAll(endpoints.Select(id => HttpTable.Post(http, $"{Endpoints}/{id}/disable", token, null)));
        await Parallel.ForEachAsync(Enumerable.Range(0, events), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) => await Adjust());
        var all = target.Next(events * count);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(endpoints.Select(id => HttpTable.Post(http, $"{Endpoints}/{id}/enable", token, new { resume_from = "last_acked" })));
        await all;
        return events * count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<double> Post(int atOnce)
    {
        var (body, url) = (target.Body, target.Url("0"));
        using var plain = new HttpClient();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Waiting), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, stop) =>
        {
            using var content = new ByteArrayContent(body);
            using var answer = await plain.PostAsync(url, content, stop);
            answer.EnsureSuccessStatusCode();
        });
        return Waiting / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<List<double>> Measure(TimeSpan duration, int healthy)
    {
        var (watch, under) = (Stopwatch.StartNew(), new List<Task<(long Position, long At)>>());
        var all = target.Next((int)(PerSecond * duration.TotalSeconds) * healthy);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        while (under.Count < (int)(PerSecond * duration.TotalSeconds))
        {
            await timer.WaitForNextTickAsync();
            under.Add(Adjust());
        }

        var answered = (await Task.WhenAll(under)).ToDictionary(answer => answer.Position, answer => answer.At);
        await all;
        var times = target.Arrivals.Where(arrival => answered.ContainsKey(arrival.Key.Position))
            .Select(arrival => Math.Max(0, Stopwatch.GetElapsedTime(answered[arrival.Key.Position], arrival.Value).TotalMilliseconds)).ToList();
        times.Sort();
        return times;
    }

    /// <summary>In the place of those that there were.</summary>
    private async Task Register(int count)
    {
        foreach (var id in endpoints)
        {
            using var request = Authorized(HttpMethod.Delete, $"{Endpoints}/{id}", null);
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        endpoints.Clear();
        for (var i = 0; i < count; i++)
        {
            await Register(i.ToString(CultureInfo.InvariantCulture));
        }
    }

    private async Task Register(string path) => endpoints.Add(
        (await HttpTable.Post(http, Endpoints, token, new { url = target.Url(path), event_types = (string[])["stock.adjusted"] })).GetProperty("id").GetGuid());

    /// <summary>The position of an event, and when it was answered.</summary>
    private async Task<(long Position, long At)> Adjust()
    {
        using var request = Authorized(HttpMethod.Post, $"/api/v1/business/stock/items/{shelves[Interlocked.Increment(ref turn) % shelves.Length]}/adjust", new { delta = 1, reason = "found" });
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (long.Parse(answer.Headers.GetValues("Event-Position").Single(), CultureInfo.InvariantCulture), Stopwatch.GetTimestamp());
    }

    private HttpRequestMessage Authorized(HttpMethod method, string path, object? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Uuid.New().ToString());
        return request;
    }

    private async Task Open()
    {
        const string api = "/api/v1";
        var user = await HttpTable.Post(http, $"{api}/auth/register", null, new { email = "owner@example.com", password = "correct horse battery", full_name = "Olga" });
        var business = await HttpTable.Post(http, $"{api}/businesses", HttpTable.Token(user), new { name = "Acme", subdomain = "acme", currency = "EUR", timezone = "Europe/Berlin" });
        token = HttpTable.Token(await HttpTable.Post(http, $"{api}/auth/switch-business", HttpTable.Token(user), new { business_id = business.GetProperty("id").GetGuid() }));
        for (var i = 0; i < shelves.Length; i++)
        {
            var product = await HttpTable.Post(http, $"{api}/business/products", token, new { name = $"Nails {i}", variants = new[] { new { price = new { amount = 490, currency = "EUR" }, stock = new { quantity = 1_000 } } } });
            shelves[i] = product.GetProperty("variants")[0].GetProperty("id").GetGuid();
        }
    }

    private static void Row(string what, List<double> times, string target) =>
        Console.WriteLine($"| {what} | {times.Count} | {Bench.At(times, 50):F1} | {Bench.At(times, 95):F1} | {Bench.At(times, 99):F1} | {target} |");
}
