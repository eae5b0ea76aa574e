using System.Text.Json;
using Mainstreet.Api.Tests.Carts;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>A customer is given all that the business has of them (SEC-04), and nobody else is.</summary>
public sealed class ExportingMyself(ApiFixture api)
{
    private const string Path = "/customers/me/export";

    [Fact]
    public async Task All_that_is_kept_of_a_customer_is_in_one_document_once_the_address_is_verified()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var order = await api.BuyAs(shop, lamp, email);
        await api.BuyAs(shop, lamp, Starters.NewEmail("other"));
        var carla = await api.NewCustomer(shop, email);
        await carla.Session.Post("/customers/me/addresses", new { label = "Home", address = Basket.Home }).Returns(201);
        var till = await shop.NewTill();
        var lines = new[] { new { variant_id = lamp, quantity = 1 } };
        await till.Session
            .Post("/business/sales", new { session_id = till.SessionId, customer_id = carla.Id, lines, payments = Array.Empty<object>(), pay_later = true, note = "Fetches it." })
            .Returns(201);
        await (await shop.NewCart(carla.Session)).Put(lamp, 2, "For the hall");
        await shop.Owner.Put($"/business/customers/{carla.Id}/tags", new { tags = new[] { "VIP" } }).Returns(204);
        await shop.Owner.Post($"/business/customers/{carla.Id}/notes", new { text = "Rings twice." }).Returns(201);

        var before = (await carla.Session.Get(Path).Returns(200)).Json; // anybody could have registered with the address
        before.GetProperty("profile").Text("email").ShouldBe(email);
        before.GetProperty("addresses").GetArrayLength().ShouldBe(1);
        (Count(before, "orders"), Count(before, "sales"), Count(before, "tags"), Count(before, "notes")).ShouldBe((0, 0, 0, 0));

        await carla.Verify();
        await api.SignIn(carla);
        var export = (await carla.Session.Get(Path).Returns(200)).Json;
        var bought = export.GetProperty("orders").EnumerateArray().ShouldHaveSingleItem();
        (bought.Text("number"), bought.GetProperty("contact").Text("email"), bought.GetProperty("lines")[0].Text("name")).ShouldBe((order.Number, email, "Lamp"));
        var rungUp = export.GetProperty("sales").EnumerateArray().ShouldHaveSingleItem();
        (rungUp.Text("note"), rungUp.GetProperty("lines")[0].Text("name")).ShouldBe(("Fetches it.", "Lamp"));
        export.GetProperty("addresses")[0].GetProperty("address").Text("line").ShouldBe(Basket.Home.Line);
        export.GetProperty("cart").EnumerateArray().ShouldHaveSingleItem().Text("note").ShouldBe("For the hall");
        export.Texts("tags").ShouldBe(["VIP"]);
        export.GetProperty("notes")[0].Text("text").ShouldBe("Rings twice.");
        export.GetProperty("sessions").EnumerateArray().Select(session => session.Text("network")).ShouldAllBe(network => !string.IsNullOrEmpty(network));
        Count(export, "sessions").ShouldBe(2);

        var stranger = (await (await api.NewCustomer(shop)).Session.Get(Path).Returns(200)).Text;
        stranger.ShouldNotContain(email);
        stranger.ShouldNotContain("Rings twice.");
    }

    [Fact]
    public async Task Only_customers_have_one()
    {
        var (shop, _) = await api.NewShop();
        await api.Guest.Get(Path).Refused(401, "unauthenticated");
        await shop.Owner.Get(Path).Refused(403, "wrong_audience");
    }

    private static int Count(JsonElement export, string member) => export.GetProperty(member).GetArrayLength();
}
