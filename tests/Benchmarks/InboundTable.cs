using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>
/// How soon a provider is answered that tells 200 events a second, however long the answers take: each is timed from when it was due. Beside it the same
/// payload as one plain insert, sent in the same way.
/// </summary>
internal sealed class InboundTable(TimeSpan duration)
{
    private const int PerSecond = 200;
    private const string Secret = "whsec_of_the_benchmark";
    private const string Account = "acct_benchmark";

    public async Task Run()
    {
        using var product = await ProductProcess.Start();
        using var http = new HttpClient { BaseAddress = product.Address };
        await Connect(http);
        await using var owner = NpgsqlDataSource.Create(product.Database);
        await using (var create = owner.CreateCommand("create table raw_inbound (like inbound_payloads including all)"))
        {
            await create.ExecuteNonQueryAsync();
        }

        Console.WriteLine($"| {PerSecond} events a second | sent | p50 ms | p95 ms | p99 ms | target |");
        Console.WriteLine("|---|---:|---:|---:|---:|---|");
        await Row("POST /webhooks/stripe", () => Tell(http, "/api/v1/webhooks/stripe"), "p95 500, p99 20");
        await Row("one plain insert", () => Insert(owner), "");
        Console.WriteLine();
    }

    private async Task Row(string what, Func<Task> tell, string target)
    {
        await Measure(tell, TimeSpan.FromSeconds(3)); // to warm up
        var times = await Measure(tell, duration);
        Console.WriteLine($"| {what} | {times.Count} | {Bench.At(times, 50):F1} | {Bench.At(times, 95):F1} | {Bench.At(times, 99):F1} | {target} |");
    }

    private static async Task<List<double>> Measure(Func<Task> tell, TimeSpan duration)
    {
        var under = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (watch.Elapsed < duration && await timer.WaitForNextTickAsync())
        {
            for (var due = TimeSpan.FromSeconds((double)under.Count / PerSecond); due <= watch.Elapsed; due = TimeSpan.FromSeconds((double)under.Count / PerSecond))
            {
                under.Add(Time(due));
            }
        }

        var times = (await Task.WhenAll(under)).ToList();
        times.Sort();
        return times;

        async Task<double> Time(TimeSpan due)
        {
            await tell();
            return (watch.Elapsed - due).TotalMilliseconds;
        }
    }

    private static async Task Connect(HttpClient http)
    {
        const string api = "/api/v1";
        var user = await HttpTable.Post(http, $"{api}/auth/register", null, new { email = "owner@example.com", password = "correct horse battery", full_name = "Olga" });
        var business = await HttpTable.Post(http, $"{api}/businesses", HttpTable.Token(user), new { name = "Acme", subdomain = "acme", currency = "EUR", timezone = "Europe/Berlin" });
        var token = HttpTable.Token(await HttpTable.Post(http, $"{api}/auth/switch-business", HttpTable.Token(user), new { business_id = business.GetProperty("id").GetGuid() }));
        await HttpTable.Post(http, $"{api}/connections", token, new { provider = "stripe", account = Account, credentials = new { webhook_secret = Secret } });
    }

    private static async Task Tell(HttpClient http, string path)
    {
        var body = Body();
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Stripe-Signature", $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}");
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task Insert(NpgsqlDataSource owner)
    {
        await using var insert = owner.CreateCommand("insert into raw_inbound (tenant_id, message_id, sealed) values ($1, $2, $3)");
        insert.Parameters.Add(new() { Value = Guid.Empty });
        insert.Parameters.Add(new() { Value = Uuid.New() });
        insert.Parameters.Add(new() { Value = Body() });
        await insert.ExecuteNonQueryAsync();
    }

    private static string Body() =>
        $$$"""{"id":"evt_{{{Guid.NewGuid():N}}}","object":"event","account":"{{{Account}}}","created":1686089970,"type":"charge.succeeded","data":{"object":{"id":"ch_1","description":"{{{new string('d', 1500)}}}"} } }""";
}
