using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Drivers;

public sealed class AddingDrivers(ApiFixture api)
{
    [Fact]
    public async Task A_new_driver_signs_in_and_is_on_the_roster()
    {
        var acme = await api.NewBusiness("acme");
        var email = Starters.NewEmail("dana");
        var id = Guid.CreateVersion7();
        var added = await api.As(acme).Post("/business/drivers", Request(email, id: id)).Returns(201);
        added.Id.ShouldBe(id);
        added.Header("Location").ShouldBe($"/api/v1/business/drivers/{id}");
        (await api.As(acme).Get($"~{added.Header("Location")}").Returns(200)).Json.GetProperty("vehicle_type").GetString().ShouldBe("cargo_bike");
        (await api.As(acme).Get("/business/drivers").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Dana Reis");

        var me = (await (await SignIn(email)).Get("/driver/me").Returns(200)).Json;
        me.GetProperty("id").GetGuid().ShouldBe(id);
        me.GetProperty("status").GetString().ShouldBe("approved");
        me.GetProperty("phone").GetString().ShouldBe("+49 151 1234");
        Businesses(me).ShouldBe([acme.Id]);
    }

    [Fact]
    public async Task Who_drives_already_is_linked_and_keeps_account_and_profile()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var email = Starters.NewEmail("dana");
        var dana = (await api.As(acme).Post("/business/drivers", Request(email)).Returns(201)).Id;
        var linked = await api.As(globex).Post("/business/drivers", Request($" {email.ToUpperInvariant()}", "Dana from acme", Guid.CreateVersion7(), "another password")).Returns(201);

        linked.Id.ShouldBe(dana);
        (await api.As(globex).Get("/business/drivers").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Dana from acme");
        await api.Guest.Post("/auth/login", new { email, password = "another password" }).Refused(401, "invalid_credentials");
        var me = (await (await SignIn(email)).Get("/driver/me").Returns(200)).Json;
        me.GetProperty("name").GetString().ShouldBe("Dana Reis");
        Businesses(me).ShouldBe([acme.Id, globex.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Added_twice_a_driver_is_listed_once()
    {
        var acme = await api.NewBusiness("acme");
        var request = Request(Starters.NewEmail("dana"));
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.As(acme).Post("/business/drivers", request).Key(key).Returns(201)));
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();

        var again = await api.As(acme).Post("/business/drivers", request).Returns(201);
        again.Id.ShouldBe(answers[0].Id);
        again.ETag.ShouldBe("\"v1\"");
        (await api.As(acme).Get("/business/drivers").Returns(200)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_crash_left_half_made_is_completed()
    {
        var acme = await api.NewBusiness("acme");
        var driver = await api.NewMember(TenantId.Pool, Role.Driver);
        await driver.Get("/driver/me").Refused(404, "not_found");
        var account = (await driver.Get("/auth/me").Returns(200)).Json.GetProperty("user");

        var added = await api.As(acme).Post("/business/drivers", Request(account.GetProperty("email").GetString()!)).Returns(201);
        added.Id.ShouldBe(account.GetProperty("id").GetGuid());
        Businesses((await driver.Get("/driver/me").Returns(200)).Json).ShouldBe([acme.Id]);
    }

    [Fact]
    public async Task Somebody_who_is_no_driver_is_not_made_one()
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Post("/business/drivers", Request(acme.User.Email)).Refused(409, "email_taken");
        var somebody = Guid.CreateVersion7();
        await api.Guest.Post("/auth/register", new { id = somebody, email = Starters.NewEmail("somebody"), password = Starters.Password, full_name = "Somebody" }).Returns(201);
        await api.As(acme).Post("/business/drivers", Request(Starters.NewEmail("dana"), id: somebody)).Refused(409, "already_exists");
        (await api.As(acme).Get("/business/drivers").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Removed_a_driver_works_for_the_others_on_and_can_come_back()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var email = Starters.NewEmail("dana");
        var dana = (await api.As(acme).Post("/business/drivers", Request(email)).Returns(201)).Id;
        await api.As(globex).Post("/business/drivers", Request(email)).Returns(201);
        await api.As(acme).Delete($"/business/drivers/{dana}").Returns(204);
        await api.As(acme).Delete($"/business/drivers/{dana}").Returns(204);

        (await api.As(acme).Get("/business/drivers").Returns(200)).Data.ShouldBeEmpty();
        await api.As(acme).Get($"/business/drivers/{dana}").Refused(404, "not_found");
        var driver = await SignIn(email);
        Businesses((await driver.Get("/driver/me").Returns(200)).Json).ShouldBe([globex.Id]);

        await api.As(acme).Post("/business/drivers", Request(email)).Returns(201);
        (await api.As(acme).Get("/business/drivers").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(dana);
        Businesses((await driver.Get("/driver/me").Returns(200)).Json).ShouldBe([globex.Id, acme.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task A_roster_is_the_business_s_own()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var dana = (await api.As(acme).Post("/business/drivers", Request(Starters.NewEmail("dana"))).Returns(201)).Id;
        await api.As(globex).Get($"/business/drivers/{dana}").Refused(404, "not_found");
        await api.As(globex).Delete($"/business/drivers/{dana}").Refused(404, "not_found");
        await api.As(acme).Delete($"/business/drivers/{acme.Id}").Refused(404, "not_found");
        (await api.As(acme).Get("/business/drivers").Returns(200)).Data.ShouldHaveSingleItem();

        await (await api.NewMember(acme, Role.Dispatcher)).Get("/business/drivers").Returns(200);
        await (await api.NewMember(acme, Role.Dispatcher)).Post("/business/drivers", Request(Starters.NewEmail())).Refused(403, "missing_permission");
        await (await api.NewMember(acme, Role.Staff)).Get("/business/drivers").Refused(403, "missing_permission");
        await api.As(acme).Get("/driver/me").Refused(403, "missing_permission");
        await api.Guest.Get("/driver/me").Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task Bad_input_is_named_and_makes_nobody()
    {
        var acme = await api.NewBusiness("acme");
        var email = Starters.NewEmail("dana");
        (await api.As(acme).Post("/business/drivers", new { name = " ", email = "dana", password = "short", vehicle_type = "van", phone = new string('1', 41) })
            .Refused(400, "validation_failed")).Faults.ShouldBe(
            ["/email email_invalid", "/password password_too_short", "/name not_empty", "/phone maximum_length"]);
        await api.As(acme).Post("/business/drivers", new { name = "Dana", email, password = Starters.Password, vehicle_type = "rocket" }).Refused(400, "invalid_json");
        await api.As(acme).Post("/business/drivers", Request(email, id: Guid.Empty)).Refused(400, "validation_failed");
        await api.Guest.Post("/auth/register", new { email, password = Starters.Password, full_name = "Dana" }).Returns(201);
    }

    [Fact]
    public async Task The_roster_is_read_page_by_page()
    {
        var acme = await api.NewBusiness("acme");
        foreach (var name in (string[])["Ann", "Ben", "Cem"])
        {
            await api.As(acme).Post("/business/drivers", Request(Starters.NewEmail(name), name)).Returns(201);
        }

        var first = await api.As(acme).Get("/business/drivers?limit=2").Returns(200);
        Names(first).ShouldBe(["Ann", "Ben"]);
        Names(await api.As(acme).Get($"/business/drivers?limit=2&cursor={first.Json.GetProperty("next_cursor").GetString()}").Returns(200)).ShouldBe(["Cem"]);

        static IEnumerable<string?> Names(ApiAnswer page) => page.Data.Select(driver => driver.GetProperty("name").GetString());
    }

    private static object Request(string email, string name = "Dana Reis", Guid? id = null, string password = Starters.Password) =>
        new { id, name, email, password, vehicle_type = "cargo_bike", phone = "+49 151 1234" };

    private static Guid[] Businesses(JsonElement me) => [.. me.GetProperty("businesses").EnumerateArray().Select(business => business.GetProperty("business_id").GetGuid())];

    private async Task<Session> SignIn(string email) =>
        api.As(Starters.Token(await api.Guest.Post("/auth/login", new { email, password = Starters.Password }).Returns(200)));
}
