using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Reviews;

internal static class ReviewStarters
{
    public const string Mine = "/customers/me/reviews";
    public const string All = "/business/reviews";

    /// <summary>As <see cref="OrderStarters.Sell"/>, with the product beside the variant.</summary>
    public static async Task<(Guid Product, Guid Variant)> SellProduct(this TestBusiness shop, string name = "Lamp")
    {
        var variants = new[] { new { price = OrderStarters.Eur(4900), stock = new { quantity = 10 } } };
        var product = await shop.Owner.Post("/business/products", new { name, handle = Guid.NewGuid(), variants, publish = true }).Returns(201);
        await shop.Owner.Post("/business/storefront/publish").Returns(204);
        return (product.Id, product.Json.GetProperty("variants")[0].GetProperty("id").GetGuid());
    }

    public static ApiRequest Says(this TestCustomer customer, Guid product, int rating, string? text = null, string? author = null) =>
        customer.Session.Post(Mine, new { product_id = product, rating, text, author });

    public static Task<ApiAnswer> ApproveReviewsAtOnce(this TestBusiness shop) => shop.Owner.Put("/business/review-settings", new { moderation = "auto" }).Returns(204);

    /// <summary>As everybody sees them, with the last writes of the business.</summary>
    public static Task<ApiAnswer> ReviewsOf(this TestBusiness shop, Guid product, string query = "") =>
        shop.Owner.Get($"/storefronts/{shop.Subdomain}/products/{product}/reviews{query}").Returns(200);

    /// <summary>"4.3 of 3" as the product shows it; null: no rating.</summary>
    public static async Task<string?> RatingOf(this TestBusiness shop, Guid product)
    {
        var shown = (await shop.Owner.Get($"/storefronts/{shop.Subdomain}/products/{product}").Returns(200)).Json;
        return shown.TryGetProperty("rating", out var rating) ? $"{rating.Text("average")} of {rating.Text("count")}" : null;
    }

    public static async Task<TestOrder> BuysAndGets(this TestCustomer customer, Guid variant)
    {
        var order = await customer.Buys(variant);
        await customer.Shop.Complete(order);
        return order;
    }
}
