using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mainstreet.Benchmarks;

/// <summary>Latency of the main calls of one business over HTTP, from a process of its own: by one client, and by eight at once. /health/live does nothing but answer.</summary>
internal sealed class HttpTable(TimeSpan duration)
{
    private sealed record Call(string Name, Func<HttpClient, Task<HttpResponseMessage>> Send);

    public async Task Run()
    {
        using var product = await ProductProcess.Start();
        using var http = new HttpClient { BaseAddress = product.Address };
        var calls = await Open(http);
        Console.WriteLine("| call | clients | requests/s | p50 ms | p95 ms | p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var call in calls)
        {
            await Measure(http, call, clients: 8, TimeSpan.FromSeconds(2)); // to warm up
            foreach (var clients in (int[])[1, 8])
            {
                var times = await Measure(http, call, clients, duration);
                times.Sort();
                Console.WriteLine(
                    $"| {call.Name} | {clients} | {times.Count / duration.TotalSeconds:F0} | {Bench.At(times, 50):F1} | {Bench.At(times, 95):F1} | {Bench.At(times, 99):F1} |");
            }
        }

        Console.WriteLine();
    }

    private static async Task<List<double>> Measure(HttpClient http, Call call, int clients, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (watch.Elapsed < duration)
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await call.Send(http);
                await answer.Content.ReadAsByteArrayAsync();
                answer.EnsureSuccessStatusCode();
                mine.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return mine;
        })));
        return [.. times.SelectMany(mine => mine)];
    }

    /// <summary>A shop with a hundred products.</summary>
    private static async Task<Call[]> Open(HttpClient http)
    {
        const string api = "/api/v1";
        var user = await Post(http, $"{api}/auth/register", null, new { email = "owner@example.com", password = "correct horse battery", full_name = "Olga" });
        var business = await Post(http, $"{api}/businesses", Token(user), new { name = "Acme", subdomain = "acme", currency = "EUR", timezone = "Europe/Berlin", mode = "test" });
        var token = Token(await Post(http, $"{api}/auth/switch-business", Token(user), new { business_id = business.GetProperty("id").GetGuid() }));
        var variants = new List<Guid>();
        for (var i = 0; i < 100; i++)
        {
            var created = await Post(http, $"{api}/business/products", token, new
            {
                name = $"Lamp {i}",
                publish = true,
                variants = new[] { new { price = new { amount = 4900, currency = "EUR" }, stock = new { quantity = 1_000_000 } } },
            });
            variants.Add(created.GetProperty("variants")[0].GetProperty("id").GetGuid());
        }

        await Post(http, $"{api}/business/storefront/publish", token, null);
        var order = await Post(http, $"{api}/storefronts/acme/orders", null, Basket(variants[0]));
        var next = 0;
        return
        [
            new("GET /health/live", client => client.GetAsync("/health/live")),
            new("GET /storefronts/acme/products", client => client.GetAsync($"{api}/storefronts/acme/products?limit=20")),
            new("POST /storefronts/acme/orders", client => Send(client, HttpMethod.Post, $"{api}/storefronts/acme/orders", null, Basket(variants[Interlocked.Increment(ref next) % 100]))),
            new("GET /business/orders/{id}", client => Send(client, HttpMethod.Get, $"{api}/business/orders/{order.GetProperty("id").GetGuid()}", token, null)),
            new("GET /business/orders", client => Send(client, HttpMethod.Get, $"{api}/business/orders?limit=20", token, null)),
            new("POST /business/stock/items/{id}/adjust", client => Send(
                client, HttpMethod.Post, $"{api}/business/stock/items/{variants[Interlocked.Increment(ref next) % 100]}/adjust", token, new { delta = 1, reason = "found" })),
            new("GET /business/dashboard", client => Send(client, HttpMethod.Get, $"{api}/business/dashboard", token, null)),
        ];
    }

    private static object Basket(Guid variant) => new
    {
        lines = new[] { new { variant_id = variant, quantity = 1 } },
        delivery_type = "pickup",
        payment_method = "cash",
        contact = new { name = "Carla Berg", email = "carla@example.com", phone = "+49 30 123456" },
    };

    internal static string Token(JsonElement session) => session.GetProperty("access_token").GetString()!;

    internal static Task<JsonElement> Post(HttpClient http, string path, string? token, object? body) => Write(http, HttpMethod.Post, path, token, body);

    /// <summary>Throws when it is refused.</summary>
    internal static async Task<JsonElement> Write(HttpClient http, HttpMethod method, string path, string? token, object? body)
    {
        using var answer = await Send(http, method, path, token, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }

    private static async Task<HttpResponseMessage> Send(HttpClient http, HttpMethod method, string path, string? token, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", Uuid.New().ToString());
        }

        return await http.SendAsync(request);
    }
}
