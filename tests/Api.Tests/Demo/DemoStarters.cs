using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using Mainstreet.Infrastructure.Demo;

namespace Mainstreet.Api.Tests.Demo;

internal static class DemoStarters
{
    /// <summary>Written to its end, and what followed from it has run: what was brought more than a day ago is closed.</summary>
    public static async Task DemoIsThere(this ApiFixture api)
    {
        foreach (var shop in DemoShops.All)
        {
            var orders = DemoOrders.Times(shop, TimeProvider.System.GetUtcNow().AddDays(-DemoShop.Days)).Count();
            var owner = await api.Owner(shop);
            await owner.Get("/business/dashboard").Until(answer => answer.Json.Statuses().Values.Sum() == orders);
            if (shop.Mode == BusinessMode.Live)
            {
                var overdue = TimeProvider.System.GetUtcNow() - Order.ClosesAfter - TimeSpan.FromHours(2);
                await owner.Get($"/business/orders?status=delivered&created_before={Uri.EscapeDataString(overdue.ToString("O"))}").Until(answer => answer.Data.Length == 0);
            }
        }
    }

    public static async Task<Session> Owner(this ApiFixture api, DemoShop shop)
    {
        var owner = await api.SignIn(DemoWriter.Email);
        return api.As(Starters.Token(await owner.Post("/auth/switch-business", new { business_id = shop.Id.Value }).Returns(200)));
    }

    public static async Task<Session> SignIn(this ApiFixture api, string email) =>
        api.As(Starters.Token(await api.Guest.Post("/auth/login", new { email, password = DemoWriter.Password }).Returns(200)));

    public static Dictionary<string, int> Statuses(this JsonElement dashboard) =>
        dashboard.GetProperty("orders_by_status").EnumerateObject().ToDictionary(status => status.Name, status => status.Value.GetInt32(), StringComparer.Ordinal);
}
