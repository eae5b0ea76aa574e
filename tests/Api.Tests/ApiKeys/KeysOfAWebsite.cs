using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.ApiKeys;

/// <summary>A publishable key can be read by everybody, and opens what everybody may do: at the storefront of its business.</summary>
public sealed class KeysOfAWebsite(ApiFixture api)
{
    [Fact]
    public async Task Its_visitors_browse_buy_and_follow_their_orders()
    {
        var shop = await api.NewBusiness();
        var lamp = await shop.Sell();
        var key = await api.NewPublishableKey(shop);
        key.Text.ShouldStartWith("mpk_live_");
        await key.Program.Get($"/storefronts/{shop.Subdomain}").Returns(200);
        (await key.Program.Get($"/storefronts/{shop.Subdomain}/products").Returns(200)).Data.Length.ShouldBe(1);

        var basket = new Basket(new BasketLine(lamp));
        var order = (await key.Program.Post("/customers/guest-checkout", basket).Key("a").Returns(201)).Order(); // the key says where
        (await api.Guest.Post("/customers/guest-checkout", basket with { Storefront = shop.Subdomain }).With("X-Api-Key", key.Text).Key("b").Returns(201)).Order().Id.ShouldNotBe(order.Id);
        await key.Program.Get(order.GuestPath()).Returns(200);
        await key.Program.Get(order.GuestPath("/tracking")).Returns(200);
        await key.Program.Post(order.GuestPath("/cancel")).Returns(204);

        var history = (await shop.Owner.Get($"/history/orders/{order.Id}").Returns(200)).Data;
        history[0].GetProperty("actor").Text("type").ShouldBe("guest");
        (await shop.Owner.Get(key.Path).Returns(200)).Json.TryGetProperty("last_used_at", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task It_opens_nothing_else()
    {
        var shop = await api.NewBusiness();
        await shop.Sell();
        var key = await api.NewPublishableKey(shop);
        ApiRequest[] others =
        [
            key.Program.Get("/business"),
            key.Program.Get("/business/orders"),
            key.Program.Post("/business/products", new { name = "Spade" }),
            key.Program.Get("/business/api-keys"),
            key.Program.Get("/events"),
            key.Program.Get("/event-types"),
            key.Program.Get("/auth/me"),
            key.Program.Post("/auth/invitations/accept", new { token = "something" }),
            key.Program.Get("/admin/audit"),
        ];
        foreach (var request in others)
        {
            await request.Refused(403, "api_key_not_allowed");
        }

        await shop.Owner.Delete(key.Path).Returns(204);
        await key.Program.Get($"/storefronts/{shop.Subdomain}").Refused(401, "api_key_revoked");
        await api.Guest.Get($"/storefronts/{shop.Subdomain}").Returns(200);
    }

    [Fact]
    public async Task It_opens_the_storefront_of_its_own_business_alone_and_only_while_it_is_public()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var (lamp, desk) = (await acme.Sell(), await globex.Sell());
        var key = await api.NewPublishableKey(acme);
        var foreign = await api.Buy(globex, desk);
        await key.Program.Get($"/storefronts/{globex.Subdomain}").Refused(404, "not_found");
        await key.Program.Get(foreign.GuestPath()).Refused(404, "not_found");
        await key.Program.Post("/customers/guest-checkout", new Basket(new BasketLine(desk)) { Storefront = globex.Subdomain }).Key("a").Refused(404, "not_found");
        await key.Program.Post("/customers/guest-checkout", new Basket(new BasketLine(desk))).Key("b").Refused(422, "not_available");

        await acme.Owner.Post("/business/storefront/unpublish").Returns(204);
        await key.Program.Post("/customers/guest-checkout", new Basket(new BasketLine(lamp))).Key("c").Refused(404, "not_found");
        await key.Program.Get($"/storefronts/{acme.Subdomain}").Refused(404, "not_found");
    }
}
