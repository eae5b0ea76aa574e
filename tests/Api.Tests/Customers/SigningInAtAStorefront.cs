using System.Text.Json;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>Accounts of customers (IAM-07): each at one business, with the sessions that users have.</summary>
public sealed class SigningInAtAStorefront(ApiFixture api)
{
    private const string Another = "a horse of another colour";

    [Fact]
    public async Task Somebody_registers_and_sees_and_changes_who_they_are()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop, $"  {Starters.NewEmail("Carla")}");
        var me = await carla.Session.Get("/customers/me").Returns(200);
        (me.Json.Text("email"), me.Json.Text("full_name"), me.Json.GetProperty("email_verified").GetBoolean()).ShouldBe((carla.Email.Trim().ToLowerInvariant(), "Carla Berg", false));

        await carla.Session.Patch("/customers/me", new { phone = "+49 30 1", locale = "de" }).IfMatch(me.ETag!).Returns(204);
        await carla.Session.Patch("/customers/me", new { full_name = "Carla Lind" }).IfMatch(me.ETag!).Refused(412, "stale_version");
        await carla.Session.Patch("/customers/me", """{"phone":null,"full_name":"Carla Lind"}""").Returns(204);
        me = await carla.Session.Get("/customers/me").Returns(200);
        (me.Json.Text("full_name"), me.Json.TryGetProperty("phone", out _), me.Json.Text("locale")).ShouldBe(("Carla Lind", false, "de"));
        await carla.Session.Patch("/customers/me", new { locale = "german" }).Refused(400, "locale_invalid");
        await carla.Session.Patch("/customers/me", new { full_name = " " }).Refused(400, "full_name_invalid");
    }

    [Fact]
    public async Task The_storefront_may_stand_in_the_body()
    {
        var (shop, _) = await api.NewShop();
        var email = Starters.NewEmail();
        await api.Guest.Post("/auth/customer/register", new { storefront = shop.Subdomain, email, password = Starters.Password, full_name = "Carla" }).Returns(201);
        await api.Guest.Post("/auth/customer/login", new { storefront = shop.Subdomain, email, password = Starters.Password }).Returns(200);
        await api.Guest.Post("/auth/customer/login", new { storefront = "nowhere", email, password = Starters.Password }).Refused(404, "not_found");
    }

    [Fact]
    public async Task One_address_at_two_businesses_is_two_accounts_that_do_not_know_of_each_other()
    {
        var ((acme, _), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var here = await api.NewCustomer(acme);
        await api.SignInAt(globex, here.Email).Refused(401, "invalid_credentials");
        await api.Guest.Post(acme.At("register"), new { email = here.Email.ToUpperInvariant(), password = Starters.Password, full_name = "Carla" }).Refused(409, "email_taken");

        var there = await api.NewCustomer(globex, here.Email);
        there.Id.ShouldNotBe(here.Id);
        await there.Session.Patch("/customers/me", new { full_name = "Somebody else" }).Returns(204);
        (await here.Session.Get("/customers/me").Returns(200)).Json.Text("full_name").ShouldBe("Carla Berg");
        await api.Guest.Post("/auth/login", new { email = here.Email, password = here.Password }).Refused(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_session_counts_at_its_own_storefront_and_for_customers_only()
    {
        var ((acme, lamp), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var carla = await api.NewCustomer(acme);
        var other = await api.NewCustomer(globex);

        await api.RefreshAt(globex, carla.SignedIn.Refresh).Refused(401, "session_over");
        await api.Refresh(carla.SignedIn.Refresh).Refused(401, "session_over");
        await carla.Session.Post(globex.At("logout")).Refused(404, "not_found");
        await carla.Session.Post(globex.At("email-verification")).Refused(404, "not_found");
        foreach (var users in new[] { "/auth/me", "/auth/sessions" })
        {
            await carla.Session.Get(users).Refused(403, "wrong_audience");
        }

        await carla.Session.Post("/auth/switch-business", new { business_id = acme.Id }).Refused(403, "wrong_audience");
        await carla.Session.Post("/businesses", new { }).Refused(403, "wrong_audience");
        foreach (var path in new[] { "/business/orders", "/business", "/driver/assignments", "/admin/audit", "/events" })
        {
            await carla.Session.Get(path).Refused(403, "missing_permission");
        }

        await acme.Owner.Get("/customers/me").Refused(403, "wrong_audience");
        await acme.Owner.Post(acme.At("logout")).Refused(403, "wrong_audience");
        await api.Guest.Get("/customers/me").Refused(401, "unauthenticated");
        var elsewhere = await other.Session.Post($"/storefronts/{acme.Subdomain}/orders", new Basket(new BasketLine(lamp))).Key(Guid.NewGuid().ToString()).Returns(201);
        (await acme.Owner.Get($"/business/orders/{elsewhere.Id}").Returns(200)).Json.GetProperty("customer").Id().ShouldNotBe(other.Id, "of another business, so a guest");
        (await api.As(other.SignedIn.Access).Orders()).ShouldBeEmpty(); // anew: the position of that order is of another log
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_replaced_one_ends_the_session()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var phone = await api.SignIn(carla);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.RefreshAt(shop, phone.Refresh).Returns(200)));
        atOnce.Select(answer => answer.Json.GetProperty("refresh_token").GetString()).Distinct().ShouldHaveSingleItem();
        var second = api.SignedIn(atOnce[0]);
        var third = api.SignedIn(await api.RefreshAt(shop, second.Refresh).Returns(200));
        await third.Session.Get("/customers/me").Returns(200);

        await api.RefreshAt(shop, phone.Refresh).Refused(401, "session_over");
        await api.RefreshAt(shop, third.Refresh).Refused(401, "session_over");
        await third.Session.Get("/customers/me").Refused(401, "invalid_token");
        await carla.Session.Get("/customers/me").Returns(200);
        (await new WholeDatabase(api.Database).Texts($"select type from events where tenant_id = '{shop.Id}' and type = 'customer.refresh_reuse_detected.v1'")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_session_goes_on_and_ends_while_the_storefront_is_not_published()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.SignIn(await api.NewCustomer(shop));
        await shop.Owner.Post("/business/storefront/unpublish").Returns(204);
        await api.RefreshAt(shop, "guessed").Refused(404, "not_found");
        await api.Guest.Post(shop.At("logout")).Refused(401, "unauthenticated");
        await api.RefreshAt(shop, carla.Refresh).Returns(200);
        await carla.Session.Post(shop.At("logout")).Returns(204);
        await carla.Session.Get("/customers/me").Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Sessions_are_seen_and_ended_one_by_one()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var (phone, laptop) = (await api.SignIn(carla), await api.SignIn(carla));
        var sessions = (await laptop.Session.Get("/customers/me/sessions").Returns(200)).Data;
        sessions.Select(session => session.GetProperty("current").GetBoolean()).ShouldBe([true, false, false]);
        await laptop.Session.Delete($"/customers/me/sessions/{sessions[1].Id()}").Returns(204);
        await phone.Session.Get("/customers/me").Refused(401, "invalid_token");
        await api.RefreshAt(shop, phone.Refresh).Refused(401, "session_over");
        var stranger = await api.NewCustomer(shop);
        await stranger.Session.Delete($"/customers/me/sessions/{sessions[0].Id()}").Refused(404, "not_found");
        await laptop.Session.Delete("/customers/me/sessions").Returns(204);
        await carla.Session.Get("/customers/me").Refused(401, "invalid_token");
        await laptop.Session.Post(shop.At("logout")).Returns(204);
        await laptop.Session.Get("/customers/me").Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Guesses_are_counted_and_do_not_tell_who_has_an_account()
    {
        var ((acme, _), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var (carla, elsewhere) = (await api.NewCustomer(acme), await api.NewCustomer(globex));
        foreach (var email in new[] { carla.Email, Starters.NewEmail() })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(i => api.SignInAt(acme, email, $"wrong {i}").Send()));
            answers.Count(answer => answer.Status == 401).ShouldBe(10);
            answers.Count(answer => answer.Status == 429).ShouldBe(4);
            (await api.Guest.Post(acme.At("forgot-password"), new { email }).Returns(202)).Text.ShouldBeEmpty();
        }

        await api.SignInAt(acme, carla.Email).Refused(429, "too_many_attempts");
        await api.SignIn(elsewhere); // another business counts by itself
    }

    [Fact]
    public async Task Whoever_forgot_the_password_gets_a_mail_whose_code_is_good_once_and_there_only()
    {
        var ((acme, _), (globex, _)) = (await api.NewShop("acme"), await api.NewShop("globex"));
        var carla = await api.NewCustomer(acme);
        await api.NewCustomer(globex, carla.Email);
        await api.Guest.Post(acme.At("forgot-password"), new { email = carla.Email }).Returns(202);
        var code = await acme.Mailed(carla.Email, "customer.reset_password");

        await Reset(globex, code).Refused(400, "mail_token_invalid");
        await api.Guest.Post("/auth/password/reset", new { token = code, new_password = Another }).Refused(400, "mail_token_invalid");
        await Reset(acme, code).Returns(204);
        await Reset(acme, code).Refused(400, "mail_token_invalid");
        await carla.Session.Get("/customers/me").Refused(401, "invalid_token");
        await api.RefreshAt(acme, carla.SignedIn.Refresh).Refused(401, "session_over");
        await api.SignInAt(acme, carla.Email).Refused(401, "invalid_credentials");
        var again = api.SignedIn(await api.SignInAt(acme, carla.Email, Another).Returns(200));
        (await again.Session.Get("/customers/me").Returns(200)).Json.GetProperty("email_verified").GetBoolean().ShouldBeTrue("the mail arrived");

        ApiRequest Reset(TestBusiness shop, string token) => api.Guest.Post(shop.At("reset-password"), new { token, new_password = Another });
    }

    [Fact]
    public async Task Who_is_erased_is_signed_out_and_may_come_back_as_somebody_new()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        await carla.Verify();
        await carla.Session.Post("/customers/me/addresses", new { address = Basket.Home }).Returns(201);
        var order = await api.BuyAs(shop, lamp, carla.Email);
        await shop.Owner.Post($"{order.Path}/cancel", new { reason = "sold out" }).Returns(204);

        await shop.Erase(carla.Id).Returns(201);
        await carla.Session.Get("/customers/me").Refused(401, "invalid_token");
        await api.RefreshAt(shop, carla.SignedIn.Refresh).Refused(401, "session_over");
        await api.SignInAt(shop, carla.Email).Refused(401, "invalid_credentials");
        await shop.Certificate(carla.Id);
        (await new WholeDatabase(api.Database).Texts($"select a::text from rm.customer_accounts_v1 a where email = '{carla.Email}'")).ShouldBeEmpty();
        await shop.Erase(carla.Id).Returns(201);

        var back = await api.NewCustomer(shop, carla.Email);
        await back.Verify();
        (await back.Session.Orders()).ShouldBeEmpty("what was bought before is nobody's");
        (await back.Session.Get("/customers/me/addresses").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_business_exports_no_password_that_could_be_guessed_at()
    {
        var (shop, _) = await api.NewShop();
        await api.NewCustomer(shop);
        var exported = (await shop.Owner.Get("/business/log/export").Returns(200)).Text.Split('\n').Single(line => line.Contains("customer.password_changed", StringComparison.Ordinal));
        JsonDocument.Parse(exported).RootElement.GetProperty("data").Text("sealed_password").ShouldNotBeNull().ShouldStartWith("v1."); // as the master key seals
    }
}
