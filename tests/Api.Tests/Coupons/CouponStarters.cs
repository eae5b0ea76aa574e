using System.Text.Json;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Coupons;

internal sealed record TestCoupon(Guid Id, string Code)
{
    public string Path => $"/business/coupons/{Id}";
}

internal static class CouponStarters
{
    /// <param name="terms">All of them, kind and all; left out: 10% off.</param>
    /// <param name="shop">Whose it is.</param>
    /// <param name="code">In any case.</param>
    public static async Task<TestCoupon> NewCoupon(this TestBusiness shop, object? terms = null, string code = "WELCOME")
    {
        var body = JsonSerializer.SerializeToNode(terms ?? new { kind = "percentage", percent = 10 }, Snake)!.AsObject();
        body["code"] = code;
        var created = await shop.Owner.Post("/business/coupons", body).Returns(201);
        return new(created.Id, created.Json.Text("code")!);
    }

    /// <summary>Its status and how often it was used.</summary>
    public static async Task<(string? Status, int Used)> Uses(this TestBusiness shop, TestCoupon coupon)
    {
        var json = (await shop.Owner.Get(coupon.Path).Returns(200)).Json;
        return (json.Text("status"), json.GetProperty("used").GetInt32());
    }

    public static ApiRequest Quote(this ApiFixture api, TestBusiness shop, object basket) => api.Guest.Post($"/storefronts/{shop.Subdomain}/orders/quote", basket);

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
