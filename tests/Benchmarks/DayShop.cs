using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mainstreet.Benchmarks;

/// <summary>
/// A business of the generated day: what it sells is imported from one of the sample catalogues, it has two tills, and customers with an account and
/// points.
/// </summary>
internal sealed class DayShop(HttpClient http, string name, string token)
{
    public const string Api = "/api/v1";

    /// <summary>So many of its customers have an account, and these points to begin with.</summary>
    public const int Members = 5;
    public const int Welcome = 10_000;

    /// <summary>In minor units. A whole unit that is paid earns a point.</summary>
    public const int PointValue = 5;

    private const int Stock = 100_000;

    public string Name => name;

    /// <summary>What can be bought, with what it costs in minor units.</summary>
    public List<(Guid Variant, long Price)> Goods { get; } = [];

    /// <summary>Of the open sessions of its tills.</summary>
    public List<Guid> Sessions { get; } = [];

    /// <summary>The customers with an account, by their number.</summary>
    public List<(Guid Id, string Token)> Accounts { get; } = [];

    /// <summary>Registers nobody anew: one owner has all of them.</summary>
    public static async Task<DayShop> Open(HttpClient http, string owner, string name, string catalogue)
    {
        var business = await HttpTable.Post(http, $"{Api}/businesses", owner, new { name, subdomain = name, currency = "EUR", timezone = "Europe/Berlin" });
        var switched = await HttpTable.Post(http, $"{Api}/auth/switch-business", owner, new { business_id = business.GetProperty("id").GetGuid() });
        var shop = new DayShop(http, name, HttpTable.Token(switched));
        await shop.Import(catalogue);
        await shop.Post("/business/storefront/publish", null);
        foreach (var code in (string[])["A", "B"])
        {
            var register = await shop.Post("/business/registers", new { code, name = $"Till {code}" });
            var session = await shop.Post("/business/register-sessions", new { register_id = Id(register), opening_float = Money(10_000) });
            shop.Sessions.Add(Id(session));
        }

        await shop.Put("/business/loyalty-programme", new { enabled = true, points_per_unit = 1, point_value = Money(PointValue) });
        for (var customer = 0; customer < Members; customer++)
        {
            var registered = await HttpTable.Post(
                http, $"{Api}/storefronts/{name}/auth/register", null, new { email = Email(customer), password = "correct horse battery", full_name = $"Carla {customer}" });
            shop.Accounts.Add((Id(registered.GetProperty("customer")), HttpTable.Token(registered)));
            await shop.Post($"/business/customers/{shop.Accounts[^1].Id}/loyalty/adjustments", new { points = Welcome, reason = "Welcome" });
        }

        return shop;
    }

    public static Guid Id(JsonElement thing) => thing.GetProperty("id").GetGuid();

    public static string Email(int customer) => $"carla.{customer}@example.com";

    public static object Money(long cents) => new { amount = cents, currency = "EUR" };

    /// <summary>By the owner; throws when it is refused.</summary>
    public Task<JsonElement> Post(string path, object? body) => HttpTable.Post(http, Api + path, token, body);

    private Task<JsonElement> Put(string path, object body) => HttpTable.Write(http, HttpMethod.Put, Api + path, token, body);

    /// <summary>Somebody buys at the storefront: who has an account is signed in.</summary>
    public Task<JsonElement> Order(int customer, object basket) =>
        HttpTable.Post(http, $"{Api}/storefronts/{name}/orders", customer < Members ? Accounts[customer].Token : null, basket);

    /// <summary>As it is when everything up to the position is seen.</summary>
    public async Task<JsonElement> Get(string path, long? position = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (position is { } seen)
        {
            request.Headers.Add("Consistency-Position", seen.ToString(CultureInfo.InvariantCulture));
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"GET {path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>All rows of a list.</summary>
    public async Task<List<JsonElement>> All(string path, long? position = null)
    {
        var rows = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var page = await Get($"{path}?limit=100{cursor}", position);
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return rows;
            }

            cursor = $"&cursor={page.GetProperty("next_cursor").GetString()}";
        }
    }

    /// <summary>The whole log as an integrator reads it, and where it ends.</summary>
    public async Task<(List<JsonElement> Events, long Position)> Log()
    {
        var events = new List<JsonElement>();
        for (long position = 0; ;)
        {
            var page = await Get($"/events?limit=100&after={position}");
            events.AddRange(page.GetProperty("data").EnumerateArray());
            position = page.GetProperty("next_position").GetInt64();
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return (events, position);
            }
        }
    }

    private async Task Import(string catalogue)
    {
        using var csv = new ByteArrayContent(await File.ReadAllBytesAsync(catalogue)) { Headers = { ContentType = new("text/csv") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/business/products:import") { Content = csv };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Uuid.New().ToString());
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        foreach (var product in await All("/business/products", long.Parse(answer.Headers.GetValues("Event-Position").Single(), CultureInfo.InvariantCulture)))
        {
            if (product.GetProperty("status").GetString() != "published")
            {
                continue;
            }

            foreach (var variant in product.GetProperty("variants").EnumerateArray())
            {
                await Post($"/business/stock/items/{Id(variant)}/receive", new { quantity = Stock });
                Goods.Add((Id(variant), variant.GetProperty("price").GetProperty("amount").GetInt64()));
            }
        }
    }
}
