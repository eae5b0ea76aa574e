using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Privacy;

internal static class ErasureStarters
{
    /// <summary>Whose order it is.</summary>
    public static async Task<Guid> CustomerOf(this TestBusiness business, TestOrder order) =>
        (await business.Owner.Get(order.Path).Returns(200)).Json.GetProperty("customer").GetProperty("id").GetGuid();

    public static ApiRequest Erase(this TestBusiness business, Guid customer, string reason = "requested") =>
        business.Owner.Post($"/business/customers/{customer}/erase", new { reason });

    /// <summary>The certificate, when nothing names the customer any more.</summary>
    public static Task<ApiAnswer> Certificate(this TestBusiness business, Guid customer) =>
        business.Owner.Get($"/business/customers/{customer}/erasure").Until(answer => answer.Json.Text("status") == "completed");

    /// <summary>A customer whose only order was rejected, and who was erased then.</summary>
    public static async Task<Guid> Erased(this ApiFixture api, TestBusiness business, Guid variant)
    {
        var order = await api.Buy(business, new Basket(new BasketLine(variant)) { Contact = new("Gone", Starters.NewEmail("gone"), "+49 30 654321") });
        await business.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        var customer = await business.CustomerOf(order);
        await business.Erase(customer).Returns(201);
        await business.Certificate(customer);
        return customer;
    }
}
