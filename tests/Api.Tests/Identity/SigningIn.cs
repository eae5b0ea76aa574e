namespace Mainstreet.Api.Tests.Identity;

public sealed class SigningIn(ApiFixture api)
{
    [Fact]
    public async Task A_new_account_signs_in_and_is_a_member_of_nothing()
    {
        var email = Starters.NewEmail();
        await api.Guest.Post("/auth/register", new { email = $"  {email.ToUpperInvariant()} ", password = Starters.Password, full_name = "Anna" }).Returns(201);

        var session = await api.Guest.Post("/auth/login", new { email, password = Starters.Password }).Returns(200);
        session.Json.GetProperty("token_type").GetString().ShouldBe("Bearer");
        session.Json.GetProperty("expires_in").GetInt32().ShouldBe(900);
        session.Json.GetProperty("user").GetProperty("email").GetString().ShouldBe(email);
        session.Json.GetProperty("memberships").GetArrayLength().ShouldBe(0);
        session.Json.TryGetProperty("business", out _).ShouldBeFalse();

        var anna = api.As(Starters.Token(session));
        (await anna.Get("/auth/me").Returns(200)).Json.GetProperty("user").GetProperty("full_name").GetString().ShouldBe("Anna");
        await anna.Get("/business").Refused(403, "missing_permission");
    }

    [Fact]
    public async Task Wrong_passwords_and_unknown_addresses_look_the_same()
    {
        var anna = await api.NewUser();
        var wrong = await api.Guest.Post("/auth/login", new { email = anna.Email, password = "not her password" }).Refused(401, "invalid_credentials");
        var unknown = await api.Guest.Post("/auth/login", new { email = Starters.NewEmail(), password = "not her password" }).Refused(401, "invalid_credentials");
        var nonsense = await api.Guest.Post("/auth/login", new { email = "[erased]", password = "not her password" }).Refused(401, "invalid_credentials");
        unknown.Json.GetProperty("detail").GetString().ShouldBe(wrong.Json.GetProperty("detail").GetString());
        nonsense.Json.GetProperty("detail").GetString().ShouldBe(wrong.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Of_many_who_want_one_address_one_gets_it()
    {
        var email = Starters.NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            api.Guest.Post("/auth/register", new { email, password = Starters.Password, full_name = $"No. {i}" }).Send()));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Json.GetProperty("code").GetString() == "email_taken");
    }

    [Fact]
    public async Task A_registration_sent_again_is_the_same_account()
    {
        var body = new { email = Starters.NewEmail(), password = Starters.Password, full_name = "Anna" };
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.Guest.Post("/auth/register", body).Key(key).Returns(201)));
        answers.Select(answer => answer.Json.GetProperty("user").GetProperty("id").GetGuid()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_no_address_or_password_is_named()
    {
        (await api.Guest.Post("/auth/register", new { email = "anna", password = "short", full_name = "Anna" }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/email email_invalid", "/password password_too_short"]);
        await api.Guest.Post("/auth/register", new { email = Starters.NewEmail(), password = Starters.Password, full_name = " " }).Refused(400, "full_name_invalid");
        (await api.Guest.Post("/auth/register", new { email = "anna@example.com" }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/password required", "/full_name required"]);
        await api.Guest.Post("/auth/login", new { email = "anna@example.com", password = 12 }).Refused(400, "invalid_json");
    }
}
