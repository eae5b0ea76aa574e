using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Orders;

/// <summary>What a guest asks for; collected and paid in cash unless told otherwise.</summary>
public sealed record Basket(params BasketLine[] Lines)
{
    public static readonly Address Home = new("Lindenstr. 1", "Berlin", "10969", "DE");

    /// <summary>For the route that names the storefront in the body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Storefront { get; init; }

    public string DeliveryType { get; init; } = "pickup";

    public Contact Contact { get; init; } = new("Carla Berg", "carla@example.com", "+49 30 123456");

    public Address? Address { get; init; }

    public string PaymentMethod { get; init; } = "cash";

    public DateTimeOffset? ScheduledFor { get; init; }

    public Money? Tip { get; init; }

    public Money? ExpectedTotal { get; init; }

    public Guid? Id { get; init; }

    public string? CouponCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RedeemPoints { get; init; }

    /// <summary>The same goods, brought home.</summary>
    public Basket Delivered() => this with { DeliveryType = "delivery", Address = Home };
}

public sealed record BasketLine(Guid VariantId, decimal Quantity = 1, string? Note = null);

/// <summary>A placed order, with what its guest was given to follow it.</summary>
public sealed record TestOrder(Guid Id, string Number, long Total, string Token)
{
    /// <summary>What stood first in the basket.</summary>
    public Guid Variant { get; init; }

    /// <summary>As the business knows it.</summary>
    public string Path => $"/business/orders/{Id}";

    /// <summary>As its guest knows it.</summary>
    public string GuestPath(string step = "") => $"/orders/{Id}{step}?token={Token}";
}

internal static class OrderStarters
{
    public static Money Eur(long cents) => new(cents, "EUR");

    /// <summary>Puts something on the shelf and into the storefront, which is public from then on.</summary>
    /// <returns>The variant that a basket names.</returns>
    public static async Task<Guid> Sell(this TestBusiness shop, string name = "Lamp", long price = 4900, decimal stock = 10)
    {
        var variants = new[] { new { price = Eur(price), stock = new { quantity = stock } } };
        var product = await shop.Owner.Post("/business/products", new { name, handle = Guid.NewGuid(), variants, publish = true }).Returns(201);
        await shop.Owner.Post("/business/storefront/publish").Returns(204);
        return product.Json.GetProperty("variants")[0].GetProperty("id").GetGuid();
    }

    /// <summary>From now on the storefront delivers to <see cref="Basket.Home"/>.</summary>
    public static Task<ApiAnswer> Deliver(this TestBusiness shop, long fee = 0) =>
        shop.Owner.Patch("/business/storefront", new { delivery = new { location = new { latitude = 52.52, longitude = 13.405 }, radius_km = 5, fee = Eur(fee) } }).Returns(204);

    /// <summary>A guest asks for the basket, under a new key.</summary>
    public static ApiRequest Checkout(this ApiFixture api, TestBusiness shop, Basket basket) =>
        api.Guest.Post($"/storefronts/{shop.Subdomain}/orders", basket).Key(Guid.NewGuid().ToString());

    /// <summary>A guest buys the basket.</summary>
    public static async Task<TestOrder> Buy(this ApiFixture api, TestBusiness shop, Basket basket) =>
        (await api.Checkout(shop, basket).Returns(201)).Order() with { Variant = basket.Lines[0].VariantId };

    public static Task<TestOrder> Buy(this ApiFixture api, TestBusiness shop, Guid variant, decimal quantity = 1) =>
        api.Buy(shop, new Basket(new BasketLine(variant, quantity)));

    public static TestOrder Order(this ApiAnswer placed) => new(
        placed.Id, placed.Json.GetProperty("number").GetString()!, placed.Json.GetProperty("totals").Amount("total"),
        placed.Json.GetProperty("tracking").GetProperty("token").GetString()!);

    /// <summary>What is on the shelf, what of it is promised, and what can still be bought.</summary>
    public static async Task<(decimal OnHand, decimal Reserved, decimal Available)> Stock(this TestBusiness shop, Guid variant)
    {
        var item = (await shop.Owner.Get($"/business/stock/items/{variant}").Returns(200)).Json;
        return (item.GetProperty("on_hand").GetDecimal(), item.GetProperty("reserved").GetDecimal(), item.GetProperty("available").GetDecimal());
    }

    /// <summary>The business changes the goods, under a new key.</summary>
    public static ApiRequest Amend(this TestBusiness shop, TestOrder order, object[]? lines = null, object[]? add = null, bool agreed = false, string? reason = null) =>
        shop.Owner.Post($"{order.Path}/amend", new { lines = lines ?? [], add = add ?? [], reason, customer_agreed = agreed }).Key(Guid.NewGuid().ToString());

    public static object[] Lines(params (int LineNo, decimal Quantity)[] lines) => [.. lines.Select(line => new { line_no = line.LineNo, quantity = line.Quantity })];

    public static object[] Goods(Guid variant, decimal quantity) => [new { variant_id = variant, quantity, note = "gift" }];

    public static async Task<(string? Status, string? PaymentStatus)> Sold(this TestBusiness shop, TestOrder order)
    {
        var sold = (await shop.Owner.Get(order.Path).Returns(200)).Json;
        return (sold.Text("status"), sold.Text("payment_status"));
    }

    public static string?[] Texts(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString())];

    /// <summary>The answer without the name of its request.</summary>
    public static string Said(this ApiAnswer answer)
    {
        var body = JsonNode.Parse(answer.Text)!.AsObject();
        body.Remove("request_id");
        return $"{answer.Status} {answer.ETag} {answer.Header("Location")} {body.ToJsonString()}";
    }

    /// <summary>The minor units of an amount of money.</summary>
    public static long Amount(this JsonElement json, string name) => json.GetProperty(name).GetProperty("amount").GetInt64();
}
