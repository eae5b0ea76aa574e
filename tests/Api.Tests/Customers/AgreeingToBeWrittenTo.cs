using System.Text.Json;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>Who may be written to about what a business offers, and how it knows (CUS-05, CUS-07).</summary>
public sealed class AgreeingToBeWrittenTo(ApiFixture api)
{
    private const string Mine = "/customers/me/consents";

    [Fact]
    public async Task A_customer_agrees_channel_by_channel_and_withdraws()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var nothing = (await carla.Session.Get(Mine).Returns(200)).Json;
        nothing.GetProperty("data").EnumerateArray().Select(Shown).ShouldBe(["email no", "sms no", "whatsapp no", "push no"]);
        nothing.GetProperty("changes").GetArrayLength().ShouldBe(0);
        nothing.GetProperty("data")[0].TryGetProperty("at", out _).ShouldBeFalse();
        await carla.Session.Put(Mine, Of(("email", true, "news-1"))).Refused(409, "email_not_verified"); // anybody could have registered with the address
        await carla.Session.Put(Mine, Of(("email", false, null))).Returns(204);
        await carla.Verify();

        var given = await carla.Session.Put(Mine, Of(("email", true, "news-1"), ("push", true, null), ("sms", false, null))).Returns(204);
        (await carla.Session.Put(Mine, Of(("email", true, "news-1"))).Returns(204)).ETag.ShouldBe(given.ETag); // nothing changed
        await carla.Session.Put(Mine, Of(("push", false, null))).Returns(204);

        var seen = (await carla.Session.Get(Mine).Returns(200)).Json;
        seen.GetProperty("data").EnumerateArray().Select(Shown).ShouldBe(["email yes profile customer news-1", "sms no", "whatsapp no", "push no profile customer"]);
        seen.GetProperty("data")[0].GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        seen.GetProperty("changes").EnumerateArray().Select(Shown)
            .ShouldBe(["push no profile customer", "push yes profile customer", "email yes profile customer news-1"]);

        await carla.Session.Put(Mine, Of(("email", true, null), ("email", false, null))).Refused(400, "consents_invalid");
        await carla.Session.Put(Mine, Of(("email", true, new string('x', 101)))).Refused(400, "wording_invalid");
        await carla.Session.Put(Mine, Of(("fax", true, null))).Refused(400, "invalid_json");
        await shop.Owner.Get(Mine).Refused(403, "wrong_audience");
        await api.Guest.Put(Mine, Of(("email", true, null))).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task Staff_write_down_what_a_customer_has_told_them_and_where()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        var path = $"/business/customers/{carla.Id}";
        var manager = await api.NewMember(shop, Role.Manager);
        await shop.Owner.Put($"{path}/consents", Told("At the counter", ("email", true, "poster-2"))).Returns(204);
        await shop.Owner.Put($"{path}/consents", Told("At the counter", ("sms", true, "poster-3"), ("email", false, null))).Returns(204);

        var seen = (await shop.Owner.Get($"{path}/consents").Returns(200)).Json;
        seen.GetProperty("data").EnumerateArray().Select(Shown).ShouldBe(["email no staff user", "sms yes staff user poster-3", "whatsapp no", "push no"]);
        var change = seen.GetProperty("changes")[0];
        (change.Text("note"), change.GetProperty("by").GetProperty("id").GetGuid()).ShouldBe(("At the counter", shop.User.Id));
        (await shop.Owner.Get(path).Returns(200)).Json.GetProperty("consents").EnumerateArray().Select(Shown).ShouldContain("sms yes staff user poster-3");
        var staff = await api.NewMember(shop, Role.Staff);
        await staff.Get($"{path}/consents").Returns(200);

        (await carla.Session.Get(Mine).Returns(200)).Json.GetProperty("changes").GetArrayLength().ShouldBe(0); // anybody could have registered with the address
        await carla.Verify();
        var own = (await carla.Session.Get(Mine).Returns(200)).Json.GetProperty("data")[1];
        (own.Text("note"), own.GetProperty("by").TryGetProperty("id", out _)).ShouldBe(("At the counter", false));
        await carla.Session.Put(Mine, Of(("sms", false, null))).Returns(204); // whoever wrote it down

        await staff.Put($"{path}/consents", Told("At the counter", ("sms", true, null))).Refused(403, "missing_permission");
        await manager.Put($"{path}/consents", Told(" ", ("sms", true, null))).Refused(400, "consent_note_invalid");
        await manager.Put($"{path}/consents", Told(" ", ("sms", false, null))).Refused(400, "consent_note_invalid");
        await manager.Put($"/business/customers/{Guid.NewGuid()}/consents", Told("At the counter", ("sms", false, null))).Refused(404, "not_found");
        await (await api.NewBusiness("globex")).Owner.Put($"{path}/consents", Told("At the counter", ("sms", true, null))).Refused(404, "not_found");
    }

    [Fact]
    public async Task A_guest_agrees_to_nothing()
    {
        var (shop, lamp) = await api.NewShop();
        var path = $"/business/customers/{await shop.CustomerOf(await api.BuyAs(shop, lamp, Starters.NewEmail("guest")))}/consents";
        await shop.Owner.Put(path, Told("At the counter", ("email", true, null))).Refused(409, "customer_not_registered");
        await shop.Owner.Put(path, Told("At the counter", ("email", false, null))).Returns(204);
        (await shop.Owner.Get(path).Returns(200)).Json.GetProperty("data").EnumerateArray().Select(Shown).ShouldBe(["email no", "sms no", "whatsapp no", "push no"]);
    }

    [Fact]
    public async Task Those_who_agreed_are_listed_once_their_address_is_verified()
    {
        var (shop, lamp) = await api.NewShop();
        await api.BuyAs(shop, lamp, Starters.NewEmail("guest"));
        var (carla, dora) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        await shop.Owner.Put($"/business/customers/{carla.Id}/consents", Told("At the counter", ("email", true, null))).Returns(204);
        (await Listed("email")).ShouldBeEmpty(); // anybody can register with another one's address
        await carla.Verify();
        await dora.Verify();
        await carla.Session.Put(Mine, Of(("sms", true, "news-1"))).Returns(204);
        await dora.Session.Put(Mine, Of(("whatsapp", true, null))).Returns(204);
        (await Listed("sms")).ShouldBeEmpty(); // neither has a number
        await carla.Session.Patch("/customers/me", new { phone = "+49 30 111" }).Returns(204);
        await dora.Session.Patch("/customers/me", new { phone = "+49 30 222" }).Returns(204);
        (await Listed("sms")).ShouldBeEmpty(); // and now another one
        await carla.Session.Put(Mine, Of(("sms", true, "news-1"))).Returns(204);
        await dora.Session.Put(Mine, Of(("whatsapp", true, null))).Returns(204);

        (await Listed("email")).ShouldBe([carla.Email]);
        (await Listed("sms")).ShouldBe([carla.Email]);
        (await Listed("whatsapp")).ShouldBe([dora.Email]);
        (await Listed("push")).ShouldBeEmpty();
        var row = (await shop.Owner.Get($"/business/customers?q={carla.Email}").Returns(200)).Data.ShouldHaveSingleItem();
        row.Texts("marketing_channels").ShouldBe(["email", "sms"]);

        await dora.Session.Put("/customers/me/notifications", new { refused = new[] { "whatsapp" } }).Returns(204); // of whatever kind
        (await Listed("whatsapp")).ShouldBeEmpty();
        await dora.Session.Put("/customers/me/notifications", new { refused = Array.Empty<string>() }).Returns(204);
        (await Listed("whatsapp")).ShouldBe([dora.Email]);
        await carla.Session.Put(Mine, Of(("email", false, null))).Returns(204);
        (await Listed("email")).ShouldBeEmpty();
        (await Listed("sms")).ShouldBe([carla.Email]);
        await shop.Owner.Get("/business/customers?consent=fax").Refused(400, "invalid_parameter");

        async Task<string[]> Listed(string channel)
        {
            await shop.Sell("Vase"); // the owner's reads wait for the owner's last write, and so for what others wrote before
            return (await shop.Owner.Get($"/business/customers?consent={channel}").Returns(200)).Data.Texts("email");
        }
    }

    [Fact]
    public async Task Withdrawing_works_in_a_suspended_business()
    {
        var (shop, _) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        await carla.Verify();
        await carla.Session.Put(Mine, Of(("email", true, null), ("sms", true, null))).Returns(204);
        await (await api.NewOperator()).Post($"/admin/businesses/{shop.Id}/suspend", new { reason = "billing" }).Returns(204);
        await carla.Session.Put(Mine, Of(("email", false, null))).Returns(204);
        await shop.Owner.Put($"/business/customers/{carla.Id}/consents", Told("By letter", ("sms", false, null))).Returns(204);
        (await shop.Owner.Get($"/business/customers/{carla.Id}/consents").Returns(200)).Json.GetProperty("data").EnumerateArray().ShouldAllBe(one => !one.GetProperty("given").GetBoolean());
    }

    [Fact]
    public async Task They_are_in_the_customer_s_export_and_gone_with_an_erasure()
    {
        var (shop, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var order = await api.BuyAs(shop, lamp, email);
        await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        var carla = await api.NewCustomer(shop, email);
        await carla.Verify();
        var path = $"/business/customers/{carla.Id}";
        await carla.Session.Put(Mine, Of(("email", true, "news-1"))).Returns(204);
        await shop.Owner.Put($"{path}/consents", Told("Beside the Quastenflosser", ("sms", true, null))).Returns(204);

        var export = (await carla.Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("consents");
        export.GetProperty("data").EnumerateArray().Select(Shown).ShouldBe(["email yes profile customer news-1", "sms yes staff user", "whatsapp no", "push no"]);
        export.GetProperty("changes")[0].Text("note").ShouldBe("Beside the Quastenflosser");

        await shop.Erase(carla.Id).Returns(201);
        await shop.Certificate(carla.Id);
        foreach (var seen in new[] { (await shop.Owner.Get($"{path}/consents").Returns(200)).Json.GetProperty("data"), (await shop.Owner.Get(path).Returns(200)).Json.GetProperty("consents") })
        {
            seen.EnumerateArray().Select(Shown).ShouldBe(["email no", "sms no", "whatsapp no", "push no"]);
        }

        (await shop.Owner.Get("/business/customers?consent=email").Returns(200)).Data.ShouldBeEmpty();
        (await shop.Owner.Get("/events?limit=100&types=customer.*").Returns(200)).Text.ShouldNotContain("Quastenflosser");
        (await new WholeDatabase(api.Database).Texts("select r::text from rm.customer_consents_v1 r where r::text like '%Quastenflosser%'")).ShouldBeEmpty();
        await shop.Owner.Put($"{path}/consents", Told("At the counter", ("email", true, null))).Refused(409, "customer_erased");
        await shop.Owner.Put($"{path}/consents", Told("At the counter", ("email", false, null))).Returns(204);

        var back = await api.NewCustomer(shop, email);
        (await back.Session.Get(Mine).Returns(200)).Json.GetProperty("data").EnumerateArray().ShouldAllBe(one => !one.GetProperty("given").GetBoolean());
        await shop.Owner.Put($"{path}/consents", Told("At the counter", ("email", true, null))).Returns(204);
    }

    private static object Of(params (string Channel, bool Given, string? Wording)[] consents) =>
        new { consents = consents.Select(Body) };

    private static object Told(string note, params (string Channel, bool Given, string? Wording)[] consents) =>
        new { consents = consents.Select(Body), note };

    private static object Body((string Channel, bool Given, string? Wording) consent) => new { consent.Channel, consent.Given, consent.Wording };

    private static string Shown(JsonElement consent) => string.Join(' ', new[]
    {
        consent.Text("channel"), consent.GetProperty("given").GetBoolean() ? "yes" : "no", consent.Text("source"),
        consent.TryGetProperty("by", out var by) ? by.Text("type") : null, consent.Text("wording"),
    }.Where(word => word is not null));
}
