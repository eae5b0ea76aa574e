namespace Mainstreet.Api.Tests.Identity;

/// <summary>A product behind a proxy, so that callers can be in different networks.</summary>
public sealed class ProxiedFixture : IAsyncLifetime
{
    public ApiFixture Api { get; } = new(
        hasDemo: false, ("Http:TrustedProxies:0", "127.0.0.0/8"), ("Attempts:Network:Most", "30"), ("Attempts:Network:Pause", "00:05:00"),
        ("Attempts:Account:Most", "25"), ("Attempts:Account:Pause", "00:05:00"));

    public ValueTask InitializeAsync() => Api.InitializeAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}

/// <summary>How many guesses somebody has, and whom they hold up.</summary>
public sealed class GuessingPasswords(ProxiedFixture proxied, ApiFixture open) : IClassFixture<ProxiedFixture>
{
    private const string Wrong = "not the password";

    private readonly ApiFixture api = proxied.Api;

    [Fact]
    public async Task Of_two_hundred_at_once_ten_are_looked_at_whatever_process_they_come_to()
    {
        var anna = await api.NewUser();
        await using var twin = api.Twin();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? api : twin).Login(anna.Email, Wrong, "198.51.100.7").Send()));
        answers.Count(answer => answer.Status == 401).ShouldBe(10);
        var refused = answers.Where(answer => answer.Status != 401).ToArray();
        refused.ShouldAllBe(answer => answer.Status == 429 && answer.Json.GetProperty("code").GetString() == "too_many_attempts");
        refused.Select(answer => int.Parse(answer.Header("Retry-After")!)).ShouldAllBe(seconds => seconds > 800 && seconds <= 900);
        await api.Login(anna.Email, anna.Password, "198.51.100.7").Refused(429, "too_many_attempts");

        await api.Login(anna.Email, anna.Password, "198.51.100.8").Returns(200);
        await api.Login((await api.NewUser()).Email, Starters.Password, "198.51.100.7").Returns(200);
        await Later("16 min");
        await api.Login(anna.Email, anna.Password, "198.51.100.7").Returns(200);
    }

    [Fact]
    public async Task An_address_without_an_account_has_as_many_guesses()
    {
        var nobody = Starters.NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => api.Login(nobody, Wrong, "198.51.100.9").Send()));
        answers.Count(answer => answer.Status == 401).ShouldBe(10);
        answers.Count(answer => answer.Status == 429).ShouldBe(20);
    }

    [Fact]
    public async Task The_right_password_begins_the_count_anew()
    {
        var anna = await api.NewUser();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
            {
                await api.Login(anna.Email.ToUpperInvariant(), Wrong, "198.51.100.10").Refused(401, "invalid_credentials");
            }

            await api.Login(anna.Email, anna.Password, "198.51.100.10").Returns(200);
        }
    }

    [Fact]
    public async Task One_network_that_tries_many_accounts_is_slowed_down()
    {
        var anna = await api.NewUser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => api.Login(Starters.NewEmail(), Wrong, "203.0.113.5").Send()));
        answers.Count(answer => answer.Status == 401).ShouldBe(30);
        var refused = await api.Login(anna.Email, anna.Password, "203.0.113.5").Refused(429, "too_many_attempts");
        int.Parse(refused.Header("Retry-After")!).ShouldBeInRange(1, 300);
        await api.Login(anna.Email, anna.Password, "203.0.113.6").Returns(200);
        await Later("301 s");
        await api.Login(anna.Email, anna.Password, "203.0.113.5").Returns(200);
    }

    [Fact]
    public async Task Many_networks_that_try_one_account_do_not_lock_its_owner_out()
    {
        var anna = await api.NewUser();
        await api.Login(anna.Email, anna.Password, "192.0.2.20").Returns(200);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => api.Login(anna.Email, Wrong, $"2001:db8:0:{i}::1").Send()));
        answers.Count(answer => answer.Status == 401).ShouldBe(25);
        await api.Login(anna.Email, anna.Password, "2001:db8:1::1").Refused(429, "too_many_attempts");

        await api.Login(anna.Email, anna.Password, "192.0.2.77").Returns(200); // where she was before, give or take the end of the address
        await Later("301 s");
        await api.Login(anna.Email, anna.Password, "2001:db8:1::1").Returns(200); // and elsewhere, a little later
    }

    [Fact]
    public async Task Whoever_is_not_the_proxy_names_no_address()
    {
        var anna = await open.NewUser();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => open.Login(anna.Email, Wrong, $"192.0.2.{i}").Refused(401, "invalid_credentials")));
        await open.Login(anna.Email, Wrong, "192.0.2.99").Refused(429, "too_many_attempts");
    }

    private Task Later(string by) => api.Change($"update attempts set last_at = last_at - interval '{by}'");
}
