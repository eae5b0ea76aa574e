using System.Text.Json;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Carts;

/// <summary>A cart, as whoever began it uses it.</summary>
internal sealed record TestCart(TestBusiness Shop, Guid Id, Session Session)
{
    public string Path => $"/storefronts/{Shop.Subdomain}/carts/{Id}";

    /// <summary>As somebody else who knows its id.</summary>
    public TestCart As(Session session) => this with { Session = session };

    /// <returns>The item.</returns>
    public async Task<Guid> Put(Guid variant, decimal quantity = 1, string? note = null) =>
        (await Session.Post($"{Path}/items", new { variant_id = variant, quantity, note }).Returns(201)).Id;

    public async Task<JsonElement> Read() => (await Session.Get(Path).Returns(200)).Json;

    public ApiRequest CheckOut(string key, object? more = null) => Session.Post($"{Path}/checkout", more ?? Buyer).Key(key);

    public static object Buyer => new { contact = new { name = "Carla Berg", email = "carla@example.com", phone = "+49 30 123456" }, payment_method = "cash" };
}

internal static class CartStarters
{
    public static async Task<TestCart> NewCart(this TestBusiness shop, Session session) =>
        new(shop, (await session.Post($"/storefronts/{shop.Subdomain}/carts").Returns(201)).Id, session);

    /// <summary>Each change as "kind item".</summary>
    public static string[] Changes(this JsonElement cart) =>
        [.. cart.GetProperty("changes").EnumerateArray().Select(change => $"{change.Text("kind")} {change.GetProperty("item_id").GetGuid()}")];

    public static string?[] Problems(this JsonElement cart) => [.. cart.GetProperty("problems").EnumerateArray().Select(problem => problem.Text("code"))];

    public static (Guid Variant, decimal Quantity)[] Items(this JsonElement cart) =>
        [.. cart.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("variant_id").GetGuid(), item.GetProperty("quantity").GetDecimal()))];
}
