using System.Text.Json;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Loyalty;

internal static class LoyaltyStarters
{
    public const string Programme = "/business/loyalty-programme";

    /// <summary>From now on a euro earns a point, and a point is worth five cents.</summary>
    public static Task<ApiAnswer> Reward(this TestBusiness shop, int perUnit = 1, int? days = null, long minimum = 1, bool enabled = true) => shop.Owner.Put(
        Programme, new { enabled, points_per_unit = perUnit, point_value = OrderStarters.Eur(5), minimum_points = minimum, expires_after_days = days }).Returns(204);

    /// <summary>The customer buys something with the session, to be collected and paid in cash.</summary>
    public static ApiRequest CheckOut(this TestCustomer customer, Guid variant, long? points = null, decimal quantity = 1, string method = "cash", string? coupon = null) =>
        customer.Session.Post(
            $"/storefronts/{customer.Shop.Subdomain}/orders",
            new Basket(new BasketLine(variant, quantity)) { RedeemPoints = points, PaymentMethod = method, CouponCode = coupon }).Key(Guid.NewGuid().ToString());

    public static async Task<TestOrder> Buys(this TestCustomer customer, Guid variant, long? points = null, decimal quantity = 1) =>
        (await customer.CheckOut(variant, points, quantity).Returns(201)).Order();

    /// <summary>The customer has it, and it is closed.</summary>
    public static async Task Complete(this TestBusiness shop, TestOrder order, bool cash = true, bool confirmed = false)
    {
        if (!confirmed)
        {
            await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        }

        await shop.Owner.Post($"{order.Path}/ready").Returns(204);
        await shop.Owner.Post($"{order.Path}/collect", cash ? new { cash_collected = OrderStarters.Eur(order.Total) } : null).Returns(204);
        await shop.Owner.Post($"{order.Path}/complete").Returns(204);
    }

    public static async Task<long> Balance(this TestCustomer customer) => (await customer.Session.Get("/customers/me/loyalty").Returns(200)).Json.GetProperty("balance").GetInt64();

    /// <summary>Points are earned a moment after what they are earned for.</summary>
    public static async Task Has(this TestCustomer customer, long points) =>
        await customer.Session.Get("/customers/me/loyalty").Until(answer => answer.Json.GetProperty("balance").GetInt64() == points);

    /// <summary>"earned 49, redeemed -20", the newest first, as the customer sees them.</summary>
    public static async Task<string> Entries(this TestCustomer customer, int count)
    {
        var answer = await customer.Session.Get("/customers/me/loyalty/entries").Until(answer => answer.Data.Length >= count);
        return string.Join(", ", answer.Data.Select(entry => $"{entry.Text("kind")} {entry.GetProperty("points").GetInt64()}"));
    }

    /// <summary>So many of a customer's points, from nowhere.</summary>
    public static Task<ApiAnswer> Give(this TestBusiness shop, TestCustomer customer, long points) =>
        shop.Owner.Post($"/business/customers/{customer.Id}/loyalty/adjustments", new { points, reason = "Welcome" }).Returns(200);
}
