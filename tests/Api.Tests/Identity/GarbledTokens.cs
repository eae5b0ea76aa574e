using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Tokens that have the right length and are no base64 are refused like any others.</summary>
public sealed class GarbledTokens(ApiFixture api)
{
    [Fact]
    public async Task Are_refused_as_what_they_are_meant_to_be()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        await api.RefreshAt(shop, Garbled(carla.SignedIn.Refresh)).Refused(401, "session_over");
        await api.Refresh(Garbled(carla.SignedIn.Refresh)).Refused(401, "session_over");
        var code = await shop.Mailed(carla.Email, "customer.verify_email");
        await carla.Session.Post(shop.At("verify-email"), new { token = Garbled(code) }).Refused(400, "mail_token_invalid");
        var order = await api.BuyAs(shop, lamp, carla.Email);
        await api.Guest.Get($"/orders/{order.Id}?token={Garbled(order.Token)}").Refused(404, "not_found");
        await carla.Session.Post("/customers/me/orders/claim", new { order_id = order.Id, token = Garbled(order.Token) }).Refused(404, "not_found");
    }

    private static string Garbled(string token) => $"{token[..^4]}*{token[^3..]}";
}
