using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Refresh tokens, where somebody is signed in, and signing out (IAM-03, IAM-04, IAM-12).</summary>
public sealed class KeepingASession(ApiFixture api)
{
    [Fact]
    public async Task A_refresh_token_is_good_for_one_refresh_after_the_other()
    {
        var anna = await api.NewUser();
        var first = await api.SignIn(anna);
        var second = api.SignedIn(await api.Refresh(first.Refresh).Returns(200));
        var third = api.SignedIn(await api.Refresh(second.Refresh).Returns(200));
        new[] { first.Refresh, second.Refresh, third.Refresh }.ShouldBeUnique();
        (await third.Session.Get("/auth/me").Returns(200)).Json.GetProperty("user").GetProperty("email").GetString().ShouldBe(anna.Email);
        await first.Session.Get("/auth/me").Returns(200); // the access token has its 15 minutes
        first.Refresh.ShouldNotContain(".");
    }

    [Fact]
    public async Task Of_twenty_refreshes_at_once_all_get_the_same_next_token()
    {
        var anna = await api.NewUser();
        var (phone, laptop) = (await api.SignIn(anna), await api.SignIn(anna));
        await using var twin = api.Twin();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? api : twin).Refresh(phone.Refresh).Send()));
        answers.ShouldAllBe(answer => answer.Status == 200);
        var next = answers.Select(answer => answer.Json.GetProperty("refresh_token").GetString()!).Distinct().ShouldHaveSingleItem();
        answers.Select(answer => Starters.Token(answer).Split('.')[1]).Distinct().ShouldHaveSingleItem("what the access token says");

        await api.Refresh(next).Returns(200);
        await api.Refresh(laptop.Refresh).Returns(200);
    }

    [Fact]
    public async Task A_token_that_was_replaced_before_ends_the_session_and_no_other()
    {
        var anna = await api.NewUser();
        var (phone, laptop) = (await api.SignIn(anna), await api.SignIn(anna));
        var thief = api.SignedIn(await api.Refresh(phone.Refresh).Returns(200));
        var further = api.SignedIn(await api.Refresh(thief.Refresh).Returns(200));

        await api.Refresh(phone.Refresh).Refused(401, "session_over");
        await api.Refresh(further.Refresh).Refused(401, "session_over");
        foreach (var access in new[] { phone, thief, further })
        {
            await access.Session.Get("/auth/me").Refused(401, "invalid_token");
        }

        await laptop.Session.Get("/auth/me").Returns(200);
        await api.Refresh(laptop.Refresh).Returns(200);
        (await Events(anna)).Count(type => type == "user.refresh_reuse_detected.v1").ShouldBe(1);
        await api.Refresh(phone.Refresh).Refused(401, "session_over");
        (await Events(anna)).Count(type => type == "user.refresh_reuse_detected.v1").ShouldBe(1, "it is told once");
    }

    [Fact]
    public async Task The_token_before_is_good_only_while_its_answer_may_have_been_lost()
    {
        var anna = await api.NewUser();
        var phone = await api.SignIn(anna);
        await api.Refresh(phone.Refresh).Returns(200);
        await api.Refresh(phone.Refresh).Returns(200);
        await Change(anna, "rotated_at = rotated_at - interval '21 s'");
        await api.Refresh(phone.Refresh).Refused(401, "session_over");
    }

    [Theory]
    [InlineData("idle_until = clock_timestamp()")]
    [InlineData("expires_at = clock_timestamp()")]
    public async Task A_session_that_nobody_used_or_that_is_too_old_is_over(string change)
    {
        var anna = await api.NewUser();
        var phone = await api.SignIn(anna);
        await Change(anna, change);
        await api.Refresh(phone.Refresh).Refused(401, "session_over");
    }

    [Fact]
    public async Task Each_refresh_moves_the_end_but_not_beyond_the_last_day()
    {
        var anna = await api.NewUser();
        var phone = await api.SignIn(anna);
        await Change(anna, "idle_until = clock_timestamp() + interval '1 day', expires_at = clock_timestamp() + interval '40 days'");
        (await Ends(phone.Session)).ShouldBeLessThan(TimeSpan.FromDays(2));
        var next = api.SignedIn(await api.Refresh(phone.Refresh).Returns(200));
        (await Ends(next.Session)).ShouldBeInRange(TimeSpan.FromDays(29), TimeSpan.FromDays(31));
        await Change(anna, "expires_at = clock_timestamp() + interval '3 days'");
        (await Ends(next.Session)).ShouldBeLessThan(TimeSpan.FromDays(4));

        async Task<TimeSpan> Ends(Session session) =>
            (await session.Get("/auth/sessions").Returns(200)).Data.Max(entry => entry.GetProperty("expires_at").GetDateTimeOffset())
            - TimeProvider.System.GetUtcNow();
    }

    [Theory]
    [InlineData("")]
    [InlineData("msr_")]
    [InlineData("anything")]
    [InlineData("msr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_refresh_token_is_refused(string token) => await api.Refresh(token).Refused(401, "session_over");

    [Fact]
    public async Task No_letter_of_a_refresh_token_can_be_another()
    {
        var phone = await api.SignIn(await api.NewUser());
        for (var i = 4; i < phone.Refresh.Length; i += 7)
        {
            var other = phone.Refresh[i] == 'A' ? 'B' : 'A';
            await api.Refresh(phone.Refresh[..i] + other + phone.Refresh[(i + 1)..]).Refused(401, "session_over");
        }

        await api.Refresh(phone.Access).Refused(401, "session_over");
        await api.Refresh(phone.Refresh).Returns(200);
    }

    [Fact]
    public async Task Somebody_sees_where_they_are_signed_in_and_ends_it()
    {
        var anna = await api.NewUser();
        var (phone, laptop) = (await api.SignIn(anna, device: "Phone 1"), await api.SignIn(anna, device: "Laptop 2"));
        var list = (await laptop.Session.Get("/auth/sessions").Returns(200)).Data;
        list.Select(entry => entry.GetProperty("device").GetString()).Take(2).ShouldBe(["Laptop 2", "Phone 1"]);
        list.Select(entry => entry.GetProperty("current").GetBoolean()).ShouldBe([true, false, false]); // the third is the registration's
        list[1].GetProperty("network").GetString().ShouldBe("127.0.0.0/24");
        var first = await laptop.Session.Get("/auth/sessions?limit=2").Returns(200);
        var rest = (await laptop.Session.Get($"/auth/sessions?limit=2&cursor={first.Json.GetProperty("next_cursor").GetString()}").Returns(200)).Data;
        first.Data.Concat(rest).Select(entry => entry.Id()).ShouldBe(list.Select(entry => entry.Id()));

        await using var twin = api.Twin();
        await twin.As(phone.Access).Get("/auth/me").Returns(200);
        await laptop.Session.Delete($"/auth/sessions/{list[1].Id()}").Returns(204);
        await phone.Session.Get("/auth/me").Refused(401, "invalid_token");
        await twin.As(phone.Access).Get("/auth/me").Until(answer => answer.Status == 401); // within a second
        await api.Refresh(phone.Refresh).Refused(401, "session_over");
        await laptop.Session.Delete($"/auth/sessions/{list[1].Id()}").Refused(404, "not_found");

        var stranger = await api.NewUser();
        await stranger.Session.Delete($"/auth/sessions/{list[0].Id()}").Refused(404, "not_found");
        await laptop.Session.Delete("/auth/sessions").Returns(204);
        (await laptop.Session.Get("/auth/sessions").Returns(200)).Data.ShouldHaveSingleItem();
        await anna.Session.Get("/auth/me").Refused(401, "invalid_token");
        await stranger.Session.Get("/auth/me").Returns(200);

        await laptop.Session.Post("/auth/logout").Returns(204);
        await laptop.Session.Get("/auth/me").Refused(401, "invalid_token");
        await api.Refresh(laptop.Refresh).Refused(401, "session_over");
    }

    [Fact]
    public async Task A_session_goes_on_in_another_business()
    {
        var acme = await api.NewBusiness(owner: await api.NewUser());
        var shop = await api.NewBusiness(owner: acme.User);
        var phone = await api.SignIn(acme.User);
        var moved = await phone.Session.Post("/auth/switch-business", new { business_id = shop.Id }).Returns(200);
        moved.Json.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        (await phone.Session.Get("/auth/sessions").Returns(200)).Data.Count(entry => entry.GetProperty("current").GetBoolean()).ShouldBe(1);

        var next = await api.Refresh(phone.Refresh).Returns(200);
        next.Json.GetProperty("business").Id().ShouldBe(shop.Id);
        var back = await api.Guest.Post("/auth/refresh", new { refresh_token = api.SignedIn(next).Refresh, business_id = acme.Id }).Returns(200);
        back.Json.GetProperty("business").Id().ShouldBe(acme.Id);
        await api.Guest.Post("/auth/refresh", new { refresh_token = api.SignedIn(back).Refresh, business_id = Guid.NewGuid() }).Refused(404, "not_found");
        await Change(acme.User, "rotated_at = clock_timestamp() - interval '1 hour'");
        await api.Refresh(api.SignedIn(back).Refresh).Returns(200); // it was not used up
    }

    [Fact]
    public async Task Nothing_in_the_database_opens_a_session()
    {
        var secret = (await api.SignIn(await api.NewUser())).Refresh[4..];
        (await new WholeDatabase(api.Database).Texts("select s::text from sessions s")).ShouldAllBe(row => !row.Contains(secret, StringComparison.Ordinal));
    }

    private Task<List<string>> Events(TestUser user) => new WholeDatabase(api.Database).Texts($"select type from events where stream_id = '{user.Id}' order by version");

    private Task Change(TestUser user, string change) => api.Change($"update sessions set {change} where account_id = '{user.Id}'");
}
