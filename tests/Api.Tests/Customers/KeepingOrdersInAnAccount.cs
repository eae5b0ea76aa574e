using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>Whose orders are whose: bought with a session, or as a guest and claimed later (IAM-15, CUS-05).</summary>
public sealed class KeepingOrdersInAnAccount(ApiFixture api)
{
    [Fact]
    public async Task What_is_bought_with_a_session_is_the_customer_s_with_whatever_contact()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var placed = await carla.Session.Post($"/storefronts/{shop.Subdomain}/orders", new Basket(new BasketLine(lamp)) { Contact = new Contact("Mother", "mother@example.com", "+49 30 99999") })
            .Key(Guid.NewGuid().ToString()).Returns(201);
        (await shop.Owner.Get($"/business/orders/{placed.Id}").Returns(200)).Json.GetProperty("customer").Id().ShouldBe(carla.Id);
        (await carla.Session.Orders()).ShouldBe(["1001"]);

        var order = $"/customers/me/orders/{placed.Id}";
        (await carla.Session.Get(order).Returns(200)).Json.GetProperty("can_cancel").GetBoolean().ShouldBeTrue();
        (await carla.Session.Get($"{order}/tracking").Returns(200)).Json.Text("status").ShouldBe("pending");
        await carla.Session.Post($"{order}/cancel").IfMatch("\"v9\"").Refused(412, "stale_version");
        await carla.Session.Post($"{order}/cancel").Returns(204);
        (await carla.Session.Get(order).Returns(200)).Json.Text("status").ShouldBe("canceled");

        var mother = await api.NewCustomer(shop, Starters.NewEmail("mother"));
        await mother.Session.Get(order).Refused(404, "not_found");
        await mother.Session.Get($"{order}/tracking").Refused(404, "not_found");
        await mother.Session.Post($"{order}/cancel").Refused(404, "not_found");
    }

    [Fact]
    public async Task What_was_bought_as_a_guest_is_the_customer_s_when_the_address_is_verified_and_not_before()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var before = await api.BuyAs(shop, lamp, email.ToUpperInvariant());
        await api.BuyAs(shop, lamp, Starters.NewEmail("somebody"));
        var carla = await api.NewCustomer(shop, email);
        (await carla.Session.Orders()).ShouldBeEmpty();
        await carla.Session.Get($"/customers/me/orders/{before.Id}").Refused(404, "not_found");
        await carla.Session.Post($"/customers/me/orders/{before.Id}/cancel").Refused(404, "not_found");

        await carla.Session.Post(shop.At("verify-email"), new { token = "msm_x" }).Refused(400, "mail_token_invalid");
        await carla.Verify();
        await carla.Verify();
        (await carla.Session.Orders()).ShouldBe([before.Number]);
        var after = await api.BuyAs(shop, lamp, email);
        (await carla.Session.Get("/customers/me/orders").Until(answer => answer.Data.Length == 2)).Data.Select(order => order.Text("number")).ShouldBe([after.Number, before.Number]);
        (await carla.Session.Get("/customers/me/orders?limit=1").Returns(200)).Json.GetProperty("has_more").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_holds_its_token_has_an_order_in_the_account_at_once()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var (order, another) = (await api.BuyAs(shop, lamp, email), await api.BuyAs(shop, lamp, email));
        var carla = await api.NewCustomer(shop, email);
        await Claim(carla, order, another.Token).Refused(404, "not_found");
        await Claim(carla, order, "x").Refused(404, "not_found");
        await Claim(carla, order).Returns(204);
        await Claim(carla, order).Returns(204);
        (await carla.Session.Orders()).ShouldBe([order.Number]);
        (await new WholeDatabase(api.Database).Texts($"select type from events where tenant_id = '{shop.Id}' and type = 'customer.order_claimed.v1'")).ShouldHaveSingleItem();
        await carla.Verify();
        (await carla.Session.Orders()).ShouldBe([another.Number, order.Number]);
    }

    [Fact]
    public async Task Nobody_claims_what_somebody_else_has_bought()
    {
        var ((acme, lamp), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var email = Starters.NewEmail("carla");
        var order = await api.BuyAs(acme, lamp, email);
        var (thief, elsewhere) = (await api.NewCustomer(acme), await api.NewCustomer(globex, email));
        await Claim(thief, order).Refused(409, "order_of_another_customer"); // a link that was passed on
        await Claim(elsewhere, order).Refused(404, "not_found");
        await thief.Verify();
        await elsewhere.Verify();
        (await thief.Session.Orders()).ShouldBeEmpty();
        (await elsewhere.Session.Orders()).ShouldBeEmpty();

        // somebody registers with an address that is not theirs, and its owner confirms it by mistake
        var squatter = await api.NewCustomer(acme, email);
        var code = await acme.Mailed(email, "customer.verify_email");
        await api.Guest.Post(acme.At("verify-email"), new { token = code }).Refused(401, "unauthenticated");
        await thief.Session.Post(acme.At("verify-email"), new { token = code }).Refused(400, "mail_token_invalid");
        await api.Guest.Post("/auth/register", new { id = squatter.Id, email, password = Starters.Password, full_name = "Same id, same address" }).Refused(400, "validation_failed");
        await api.Guest.Post("/auth/register", new { email, password = Starters.Password, full_name = "Same address" }).Returns(201);
        await api.Guest.Post("/auth/email/verify", new { token = code }).Refused(400, "mail_token_invalid");
        (await squatter.Session.Orders()).ShouldBeEmpty();

        // its owner takes the account over, and has the order
        await api.Guest.Post(acme.At("forgot-password"), new { email }).Returns(202);
        await api.Guest.Post(acme.At("reset-password"), new { token = await acme.Mailed(email, "customer.reset_password"), new_password = "a horse of another colour" }).Returns(204);
        await squatter.Session.Get("/customers/me/orders").Refused(401, "invalid_token");
        var owner = api.SignedIn(await api.SignInAt(acme, email, "a horse of another colour").Returns(200));
        (await owner.Session.Orders()).ShouldBe([order.Number]);
    }

    [Fact]
    public async Task Addresses_are_kept_and_one_is_the_default()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var home = (await carla.Session.Post("/customers/me/addresses", new { label = "Home", address = Basket.Home }).Returns(201)).Id;
        var work = (await carla.Session.Post("/customers/me/addresses", new { address = Basket.Home with { Line = "Alexanderplatz 1" } }).Returns(201)).Id;
        (await Default()).ShouldBe(home);
        await carla.Session.Post($"/customers/me/addresses/{work}/default").Returns(204);
        (await Default()).ShouldBe(work);
        await carla.Session.Put($"/customers/me/addresses/{home}", new { address = Basket.Home with { City = "Potsdam" } }).Returns(204);
        await carla.Session.Put($"/customers/me/addresses/{home}", new { address = new { line = "x", city = "y", country = "Germany" } }).Refused(400, "validation_failed");
        await carla.Session.Delete($"/customers/me/addresses/{work}").Returns(204);
        var left = (await carla.Session.Get("/customers/me/addresses").Returns(200)).Data.ShouldHaveSingleItem();
        (left.Id(), left.GetProperty("address").Text("city"), left.GetProperty("default").GetBoolean(), left.TryGetProperty("label", out _)).ShouldBe((home, "Potsdam", true, false));

        var stranger = await api.NewCustomer(shop);
        await stranger.Session.Delete($"/customers/me/addresses/{home}").Refused(404, "not_found");
        await stranger.Session.Put($"/customers/me/addresses/{home}", new { address = Basket.Home }).Refused(404, "not_found");

        async Task<Guid> Default() => (await carla.Session.Get("/customers/me/addresses").Returns(200)).Data.Single(address => address.GetProperty("default").GetBoolean()).Id();
    }

    private static ApiRequest Claim(TestCustomer customer, TestOrder order, string? token = null) =>
        customer.Session.Post("/customers/me/orders/claim", new { order_id = order.Id, token = token ?? order.Token });
}
