namespace Mainstreet.Api.Tests.Businesses;

public sealed class CreatingABusiness(ApiFixture api)
{
    [Fact]
    public async Task Its_creator_owns_it_and_it_works_at_once()
    {
        var anna = await api.NewUser();
        var subdomain = Starters.NewSubdomain("acme");
        var created = await anna.Session.Post("/businesses", Request(subdomain)).Returns(201);
        created.Json.GetProperty("status").GetString().ShouldBe("active");
        created.Json.GetProperty("mode").GetString().ShouldBe("live");
        created.Json.TryGetProperty("test_clock_id", out _).ShouldBeFalse();
        (await anna.Session.Get($"~{created.Header("Location")}").Returns(200)).Json.GetProperty("role").GetString().ShouldBe("owner");

        var business = await (await api.Switch(anna, created.Id)).Get("/business").Returns(200);
        business.ETag.ShouldBe("\"v1\"");
        business.Id.ShouldBe(created.Id);
        business.Json.GetProperty("subdomain").GetString().ShouldBe(subdomain);
        business.Json.GetProperty("profile").GetProperty("name").GetString().ShouldBe("Acme");
        business.Json.GetProperty("settings").GetProperty("currency").GetString().ShouldBe("EUR");
        business.Json.GetProperty("settings").GetProperty("timezone").GetString().ShouldBe("Europe/Berlin");
    }

    [Fact]
    public async Task A_test_business_has_a_clock_of_its_own()
    {
        var sandbox = await api.NewBusiness("sandbox", mode: "test");
        sandbox.TestClockId.ShouldNotBeNull();
        (await api.As(sandbox).Get("/business").Returns(200)).Json.GetProperty("test_clock_id").GetGuid().ShouldBe(sandbox.TestClockId.Value);
    }

    [Fact]
    public async Task Two_businesses_of_one_owner_are_apart()
    {
        var anna = await api.NewUser();
        var bakery = await api.NewBusiness("bakery", owner: anna, currency: "EUR");
        var cafe = await api.NewBusiness("cafe", owner: anna, currency: "USD");

        (await api.As(bakery).Get("/business").Returns(200)).Json.GetProperty("settings").GetProperty("currency").GetString().ShouldBe("EUR");
        (await api.As(cafe).Get("/business").Returns(200)).Json.GetProperty("settings").GetProperty("currency").GetString().ShouldBe("USD");
        var mine = (await api.As(cafe).Get("/businesses?limit=1").Returns(200)).Json;
        mine.GetProperty("data")[0].GetProperty("id").GetGuid().ShouldBe(bakery.Id);
        (await api.As(cafe).Get($"/businesses?limit=1&cursor={mine.GetProperty("next_cursor").GetString()}").Returns(200)).Data
            .ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(cafe.Id);

        var login = await api.Guest.Post("/auth/login", new { email = anna.Email, password = anna.Password }).Returns(200);
        login.Json.GetProperty("business").GetProperty("id").GetGuid().ShouldBe(bakery.Id);
        login.Json.GetProperty("memberships").EnumerateArray().Select(membership => membership.GetProperty("id").GetGuid()).ShouldBe([bakery.Id, cafe.Id]);
        (await api.Guest.Post("/auth/login", new { email = anna.Email, password = anna.Password, business_id = cafe.Id }).Returns(200))
            .Json.GetProperty("business").GetProperty("name").GetString().ShouldBe("cafe");
    }

    [Fact]
    public async Task Positions_of_a_business_mean_nothing_on_the_platform()
    {
        var acme = await api.NewBusiness("acme");
        var created = await api.As(acme).Post("/businesses", Request(Starters.NewSubdomain("second"))).Returns(201);
        created.Position.ShouldBeNull();
        await api.As(acme).Get($"/businesses/{created.Id}?min_position=1000000&wait_ms=0").Returns(200);
        await api.As(acme).Get("/business?min_position=1000000&wait_ms=0").Refused(503, "projection_lagging");
    }

    [Fact]
    public async Task Nobody_gets_into_a_business_of_others()
    {
        var acme = await api.NewBusiness("acme", owner: await api.NewUser());
        var globex = await api.NewBusiness("globex", owner: await api.NewUser());
        await api.As(globex).Post("/auth/switch-business", new { business_id = acme.Id }).Refused(404, "not_found");
        await api.As(globex).Get($"/businesses/{acme.Id}").Refused(404, "not_found");
        await api.Guest.Post("/auth/login", new { email = globex.User.Email, password = globex.User.Password, business_id = acme.Id }).Refused(404, "not_found");
        await api.As(globex).Post("/auth/switch-business", new { business_id = Guid.NewGuid() }).Refused(404, "not_found");
        await api.Guest.Get("/businesses").Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task Of_two_who_want_one_subdomain_one_gets_it_and_nothing_is_half_made()
    {
        var (anna, bert) = (await api.NewUser(), await api.NewUser());
        for (var round = 0; round < 5; round++)
        {
            var subdomain = Starters.NewSubdomain("corner");
            var answers = await Task.WhenAll(anna.Session.Post("/businesses", Request(subdomain)).Send(), bert.Session.Post("/businesses", Request(subdomain)).Send());
            answers.Select(answer => answer.Status).Order().ShouldBe([201, 409]);
            answers.Single(answer => answer.Status == 409).Json.GetProperty("code").GetString().ShouldBe("subdomain_taken");
        }

        var owned = (await anna.Session.Get("/businesses").Returns(200)).Data.Concat((await bert.Session.Get("/businesses").Returns(200)).Data).ToArray();
        owned.Length.ShouldBe(5);
        owned.ShouldAllBe(business => business.GetProperty("status").GetString() == "active");
    }

    [Fact]
    public async Task Twenty_equal_requests_make_one_business_and_get_one_answer()
    {
        var anna = await api.NewUser();
        var request = Request(Starters.NewSubdomain("acme"), mode: "test");
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => anna.Session.Post("/businesses", request).Key(key).Returns(201)));
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        (await anna.Session.Get("/businesses").Returns(200)).Data.ShouldHaveSingleItem();

        (await anna.Session.Post("/businesses", request).Key(key).Returns(201)).Header("Idempotency-Replayed").ShouldBe("true");
        await anna.Session.Post("/businesses", Request(Starters.NewSubdomain("acme"))).Key(key).Refused(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task An_id_chosen_by_the_client_is_kept_and_cannot_be_taken_again()
    {
        var anna = await api.NewUser();
        var id = Guid.CreateVersion7();
        (await anna.Session.Post("/businesses", Request(Starters.NewSubdomain("acme"), id: id)).Returns(201)).Id.ShouldBe(id);
        await anna.Session.Post("/businesses", Request(Starters.NewSubdomain("acme"), id: id)).Refused(409, "already_exists");
        await (await api.NewUser()).Session.Post("/businesses", Request(Starters.NewSubdomain("acme"), id: id)).Refused(409, "already_exists");
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var anna = (await api.NewUser()).Session;
        await anna.Post("/businesses", Request("admin")).Refused(409, "subdomain_reserved");
        await anna.Post("/businesses", Request("Not A Subdomain")).Refused(400, "subdomain_invalid");
        await anna.Post("/businesses", Request(Starters.NewSubdomain("acme")) with { Currency = "XXX" }).Refused(400, "currency_unknown");
        await anna.Post("/businesses", Request(Starters.NewSubdomain("acme")) with { Timezone = "Mars/Olympus" }).Refused(400, "timezone_unknown");
        await anna.Post("/businesses", Request(Starters.NewSubdomain("acme")) with { Mode = "demo" }).Refused(400, "invalid_json");
        await anna.Post("/businesses", Request(Starters.NewSubdomain("acme"), id: new Guid("00000000-0000-7000-8000-000000000001"))).Refused(409, "id_reserved");
        (await anna.Get("/businesses").Returns(200)).Data.ShouldBeEmpty();
    }

    private static BusinessRequest Request(string subdomain, string mode = "live", Guid? id = null) => new("Acme", subdomain, "EUR", "Europe/Berlin", mode, id);

    private sealed record BusinessRequest(string Name, string Subdomain, string Currency, string Timezone, string Mode, Guid? Id);
}
