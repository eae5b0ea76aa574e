using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>What customers do to their own account with the password alone: another password, and to be forgotten.</summary>
public sealed class MindingAnAccount(ApiFixture api)
{
    private const string Another = "a horse of another colour";

    [Fact]
    public async Task Another_password_ends_every_session_but_the_one_that_asked()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var (phone, laptop, bob) = (await api.SignIn(carla), await api.SignIn(carla), await api.NewCustomer(shop));
        await Change(phone.Session, "not the password").Refused(403, "password_wrong");
        (await Change(phone.Session, carla.Password, "short").Refused(400, "validation_failed")).Faults.ShouldBe(["/new_password password_too_short"]);
        await laptop.Session.Get("/customers/me").Returns(200);

        await Change(phone.Session, carla.Password).Returns(204);
        await laptop.Session.Get("/customers/me").Refused(401, "invalid_token");
        await api.RefreshAt(shop, laptop.Refresh).Refused(401, "session_over");
        await carla.Session.Get("/customers/me").Refused(401, "invalid_token");
        await bob.Session.Get("/customers/me").Returns(200);
        await phone.Session.Get("/customers/me").Returns(200);
        await api.RefreshAt(shop, phone.Refresh).Returns(200);
        await api.SignInAt(shop, carla.Email, carla.Password).Refused(401, "invalid_credentials");
        await api.SignInAt(shop, carla.Email, Another).Returns(200);
    }

    [Fact]
    public async Task Guesses_at_the_present_password_are_counted_with_those_at_signing_in()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        for (var i = 0; i < 5; i++)
        {
            await api.SignInAt(shop, carla.Email, $"wrong {i}").Refused(401, "invalid_credentials");
            await Change(carla.Session, $"wrong {i}").Refused(403, "password_wrong");
        }

        await Change(carla.Session, carla.Password).Refused(429, "too_many_attempts");
        await Leave(carla.Session, carla.Password).Refused(429, "too_many_attempts");
        await carla.Session.Get("/customers/me").Returns(200);
    }

    [Fact]
    public async Task Whoever_leaves_is_erased_and_signed_out_everywhere()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var phone = await api.SignIn(carla);
        await carla.Verify();
        await carla.Session.Post("/customers/me/addresses", new { address = Basket.Home }).Returns(201);
        var order = await api.BuyAs(shop, lamp, carla.Email);
        await Leave(carla.Session, "not the password").Refused(403, "password_wrong");
        var refused = await Leave(carla.Session, carla.Password).Refused(409, "customer_has_open_orders");
        refused.Json.GetProperty("orders")[0].GetString().ShouldBe(order.Number);
        await carla.Session.Get("/customers/me").Returns(200);

        await shop.Owner.Post($"{order.Path}/cancel", new { reason = "sold out" }).Returns(204);
        await Leave(carla.Session, carla.Password).Returns(204);
        foreach (var session in new[] { carla.SignedIn, phone })
        {
            await session.Session.Get("/customers/me").Refused(401, "invalid_token");
            await api.RefreshAt(shop, session.Refresh).Refused(401, "session_over");
        }

        await api.SignInAt(shop, carla.Email).Refused(401, "invalid_credentials");
        var certificate = (await shop.Certificate(carla.Id)).Json;
        certificate.Text("reason").ShouldBe("requested");
        (await shop.Owner.Get(order.Path).Returns(200)).Text.ShouldNotContain(carla.Email);
        (await new WholeDatabase(api.Database).Texts($"select a::text from rm.customer_accounts_v1 a where email = '{carla.Email}'")).ShouldBeEmpty();
        (await api.NewCustomer(shop, carla.Email)).Id.ShouldBe(carla.Id); // the address says who it is; what was known of her is gone
    }

    [Fact]
    public async Task Whoever_registers_with_another_one_s_address_erases_nothing_of_theirs()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var order = await api.BuyAs(shop, lamp, email);
        await shop.Owner.Post($"{order.Path}/cancel", new { reason = "sold out" }).Returns(204);
        var thief = await api.NewCustomer(shop, email);
        await Leave(thief.Session, thief.Password).Refused(409, "email_not_verified");
        (await shop.Owner.Get(order.Path).Returns(200)).Text.ShouldContain(email);
    }

    private static ApiRequest Change(Session customer, string present, string next = Another) =>
        customer.Post("/customers/me/password", new { current_password = present, new_password = next });

    private static ApiRequest Leave(Session customer, string password) => customer.Delete("/customers/me", new { password });
}
