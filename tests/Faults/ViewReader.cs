using System.Text.Json;
using Mainstreet.Api.Tests;

namespace Mainstreet.Faults;

/// <summary>
/// Looks at the views of a business and of the platform again and again, without asking for a position. What it sees is never
/// refused, never empty, and no number that only grows is smaller than the last time.
/// </summary>
/// <param name="operators">By what an operator is known.</param>
internal sealed class ViewReader(HttpClient http, Shop shop, string operators)
{
    private readonly Dictionary<string, decimal> seen = [];
    private volatile bool closing;

    /// <summary>How often it has looked at everything.</summary>
    public int Rounds { get; private set; }

    public void Close() => closing = true;

    public async Task Run()
    {
        for (; !closing; Rounds++)
        {
            var orders = (await Look("/business/orders?limit=1")).GetProperty("data");
            Grows("the last order", int.Parse(orders[0].GetProperty("number").GetString()!));

            var items = (await Look("/business/stock/items?limit=100")).GetProperty("data");
            Grows("items", items.GetArrayLength());
            Grows("pieces on the shelves", items.EnumerateArray()
                .Where(item => shop.Shelves.Contains(item.GetProperty("variant_id").GetGuid())).Sum(item => item.GetProperty("on_hand").GetDecimal()));

            var dashboard = await Look("/business/dashboard");
            Grows("orders of every status", dashboard.GetProperty("orders_by_status").EnumerateObject().Sum(status => status.Value.GetInt32()));
            Grows("orders of every day", dashboard.GetProperty("orders").GetInt32() + dashboard.GetProperty("reversed_orders").GetInt32());
            Grows("orders taken back", dashboard.GetProperty("reversed_orders").GetInt32());
            Grows("products sold", dashboard.GetProperty("top_products").GetArrayLength());

            Grows("products", (await Look("/business/products?limit=100")).GetProperty("data").GetArrayLength());
            Grows("products of the storefront", (await Look($"/storefronts/{shop.Business.Subdomain}/products?limit=100")).GetProperty("data").GetArrayLength());

            Grows("businesses", (await Look("/admin/businesses?limit=100", operators)).GetProperty("data").GetArrayLength());
            Grows("businesses of the owner", (await Look("/businesses")).GetProperty("data").GetArrayLength());
        }
    }

    private Task<JsonElement> Look(string path) => Look(path, shop.Token);

    /// <summary>By a session of its own, which waits for nothing.</summary>
    private async Task<JsonElement> Look(string path, string token) => (await new Session(http, token).Get(path).Returns(200)).Json;

    private void Grows(string what, decimal number)
    {
        number.ShouldBeGreaterThanOrEqualTo(seen.GetValueOrDefault(what, 1), what);
        seen[what] = number;
    }
}
