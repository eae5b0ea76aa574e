using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>An order that was paid by card.</summary>
internal sealed record PaidOrder(TestBusiness Shop, Session Staff, TestOrder Order, string Path)
{
    /// <summary>Its payment as the business sees it.</summary>
    public async Task<ApiAnswer> Payment() => await Staff.Get(Path).Returns(200);

    public async Task<ApiAnswer> PaymentThatIs(string status) => await Staff.Get(Path).Until(answer => answer.Json.Text("status") == status);

    public ApiRequest Refund(object request) => Staff.Post($"{Path}/refunds", request);
}

internal static class PaymentStarters
{
    /// <summary>Three of ten lamps for 49.00 each, paid by card and not confirmed yet.</summary>
    public static async Task<PaidOrder> Authorized(this ApiFixture api, TestBusiness? shop = null)
    {
        shop ??= await api.NewBusiness("acme", mode: "test");
        var order = await api.Buy(shop, new Basket(new BasketLine(await shop.Sell(), 3)) { PaymentMethod = "card" });
        await shop.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        var payment = (await shop.Owner.Get(order.Path).Returns(200)).Json.GetProperty("payment").GetProperty("id").GetGuid();
        return new(shop, await shop.Owner.SteppedUp(), order, $"/business/payments/{payment}");
    }

    /// <summary>The business has taken it on, and has the money.</summary>
    public static async Task<PaidOrder> Captured(this ApiFixture api, TestBusiness? shop = null)
    {
        var paid = await api.Authorized(shop);
        await paid.Staff.Post($"{paid.Order.Path}/confirm").Returns(204);
        await paid.PaymentThatIs("completed");
        return paid;
    }

    /// <summary>The customer has taken it away.</summary>
    public static async Task<PaidOrder> Collected(this ApiFixture api)
    {
        var paid = await api.Captured();
        await paid.Staff.Post($"{paid.Order.Path}/ready").Returns(204);
        await paid.Staff.Post($"{paid.Order.Path}/collect").Returns(204);
        return paid;
    }
}
