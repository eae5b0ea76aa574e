using Mainstreet.Api.Http;
using Mainstreet.Api.Http.Limits;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Http;

/// <summary>How often anybody may ask (SEC-06), by a clock of the test's own.</summary>
public sealed class RateLimiting : IAsyncLifetime
{
    private static readonly TenantId Acme = new(Uuid.Named("acme"));
    private static readonly TenantId Globex = new(Uuid.Named("globex"));

    private readonly HandClock clock = new();
    private readonly Processes processes = new();
    private EdgeApp app = null!;

    public async ValueTask InitializeAsync() => app = await EdgeApp.Start(
        api =>
        {
            api.MapGet("/me", () => Answers.Ok("me")).WithName("GetMe").RequireSignIn().OnPlatform();
            api.MapGet("/orders", () => Answers.Ok("orders")).WithName("ListOrders").RequirePermission(Permissions.OrdersRead);
            api.MapGet("/shop", () => Answers.Ok("shop")).WithName("GetShop").Public().ResolveTenant<TheShop>();
            api.MapGet("/open", () => Answers.Ok("open")).WithName("Open").Public();
        },
        services => services.AddSingleton<TheShop>().AddSingleton<TimeProvider>(clock).AddSingleton<ILiveProcesses>(processes),
        ("Http:TrustedProxies:0", "127.0.0.0/8"),
        ("Limits:User:Requests", "10"), ("Limits:Guest:Requests", "4"), ("Limits:Business:Requests", "12"), ("Limits:Storefront:Requests", "6"));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_user_may_ask_a_hundred_times_a_minute_unless_told_otherwise()
    {
        await using var product = await EdgeApp.Start(api => api.MapGet("/me", () => Answers.Ok("me")).WithName("GetMe").RequireSignIn().OnPlatform(), services => services.AddSingleton<TimeProvider>(clock));
        var answers = await Send(() => product.As(Roles.Owner).Get("/me"), 101);
        answers.Count(answer => answer.Status == 200).ShouldBe(100);
        answers[0].Header("RateLimit-Policy").ShouldBe("\"default\";q=100;w=60");
        answers[0].Header("RateLimit").ShouldBe("\"default\";r=99;t=1");
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back()
    {
        var anna = User();
        (await Send(() => anna.Get("/me"), 10)).ShouldAllBe(answer => answer.Status == 200);
        var refused = await anna.Get("/me").Refused(429, "rate_limited");
        refused.Header("RateLimit").ShouldBe("\"default\";r=0;t=60");
        refused.Header("RateLimit-Policy").ShouldBe("\"default\";q=10;w=60");
        refused.Header("Retry-After").ShouldBe("6");
        refused.Header("X-Request-Id").ShouldNotBeNull();
        (refused.Json.GetProperty("policy").GetString(), refused.Json.GetProperty("limit").GetInt32(), refused.Json.GetProperty("window_seconds").GetInt32()).ShouldBe(("default", 10, 60));
        await User().Get("/me").Returns(200);

        clock.Advance(TimeSpan.FromSeconds(5));
        (await anna.Get("/me").Refused(429, "rate_limited")).Header("Retry-After").ShouldBe("1");
        clock.Advance(TimeSpan.FromSeconds(1));
        await anna.Get("/me").Returns(200);
        await anna.Get("/me").Refused(429, "rate_limited");
        clock.Advance(TimeSpan.FromHours(1));
        (await Granted(() => anna.Get("/me"), 20)).ShouldBe(10, "a full bucket, however long it was left alone");
    }

    [Fact]
    public async Task Guests_count_by_their_address_and_so_does_who_tries_tokens()
    {
        (await Granted(() => From("203.0.113.7", app.Guest.Get("/open")), 6)).ShouldBe(4);
        await From("203.0.113.8", app.Guest.Get("/open")).Returns(200);
        await From("203.0.113.7", User().Get("/me")).Returns(200);
        (await Granted(() => From("2001:db8::1", app.Guest.Get("/open")), 2)).ShouldBe(2);
        (await Granted(() => From("2001:db8::2", app.Guest.Get("/open")), 4)).ShouldBe(2, "a network of one");

        var tries = await Send(() => From("203.0.113.9", app.WithToken("guessed").Get("/me")), 6);
        tries.Select(answer => answer.Status).ShouldBe([401, 401, 401, 401, 429, 429]);
    }

    [Fact]
    public async Task A_business_has_a_limit_for_its_members_and_another_for_its_guests()
    {
        (await Granted(() => Member(Acme).Get("/orders"), 15)).ShouldBe(12);
        var last = await Member(Acme).Get("/orders").Refused(429, "rate_limited");
        last.Header("RateLimit-Policy").ShouldBe("\"default\";q=10;w=60, \"business\";q=12;w=60");
        last.Json.GetProperty("policy").GetString().ShouldBe("business");
        await Member(Globex).Get("/orders").Returns(200);

        var guests = 0;
        (await Granted(() => From($"198.51.100.{++guests}", app.Guest.Get("/shop")), 9)).ShouldBe(6);
        (await From("198.51.100.99", app.Guest.Get("/shop")).Refused(429, "rate_limited")).Header("RateLimit-Policy").ShouldBe("\"guest\";q=4;w=60");
        await From("198.51.100.99", app.Guest.Get("/open")).Returns(200);
    }

    /// <summary>Anybody can register as many as they like.</summary>
    [Fact]
    public async Task Customers_and_users_of_no_business_are_guests_of_their_address_as_well()
    {
        (await Granted(() => From("203.0.113.7", Customer().Get("/shop")), 6)).ShouldBe(4);
        (await Granted(() => From("203.0.113.8", app.WithToken($"{Roles.None}/{TenantId.Platform}/{Guid.NewGuid()}").Get("/me")), 6)).ShouldBe(4);
        var carla = Customer();
        for (var address = 1; address < 10; address++)
        {
            await From($"198.51.100.{address}", carla.Get("/shop")).Send();
        }

        (await From("198.51.100.99", Customer().Get("/shop")).Refused(429, "rate_limited")).Json.GetProperty("policy").GetString().ShouldBe("storefront");
        await Member(Acme).Get("/orders").Returns(200); // they take nothing from those who work there

        Session Customer() => app.WithToken($"{Roles.Customer}/{Acme}/{Guid.NewGuid()}");
    }

    [Fact]
    public async Task A_browser_that_asks_whether_it_may_ask_has_asked()
    {
        var answers = await Send(() => From("203.0.113.7", new ApiRequest(app.Guest, HttpMethod.Options, "/orders")).With("Origin", "https://app.example").With("Access-Control-Request-Method", "GET"), 6);
        answers.Select(answer => answer.Status).ShouldBe([204, 204, 204, 204, 429, 429]);
    }

    [Fact]
    public async Task Behind_several_proxies_it_is_the_address_before_all_of_them()
    {
        (await Granted(() => From("203.0.113.7, 127.0.0.9", app.Guest.Get("/open")), 6)).ShouldBe(4);
        await From("203.0.113.8, 127.0.0.9", app.Guest.Get("/open")).Returns(200);
    }

    [Fact]
    public async Task A_process_gives_out_its_part_and_tells_of_the_whole()
    {
        processes.Count = 5;
        var anna = User();
        var first = await anna.Get("/me").Returns(200);
        (first.Header("RateLimit-Policy"), first.Header("RateLimit")).ShouldBe(("\"default\";q=10;w=60", "\"default\";r=5;t=30"));
        (await Granted(() => anna.Get("/me"), 5)).ShouldBe(1);

        processes.Count = 1;
        clock.Advance(TimeSpan.FromMinutes(1));
        (await Granted(() => anna.Get("/me"), 15)).ShouldBe(10);
        processes.Count = 1_000;
        clock.Advance(TimeSpan.FromMinutes(1));
        (await Granted(() => anna.Get("/me"), 5)).ShouldBe(1, "nobody is shut out");
    }

    [Fact]
    public async Task Health_is_for_everybody_at_any_time() =>
        (await Granted(() => app.Guest.Get("~/health/live"), 50)).ShouldBe(50);

    [Fact]
    public void Memory_is_bounded_and_who_has_gone_is_forgotten()
    {
        var buckets = new TokenBuckets<int>(new() { Requests = 5, Window = TimeSpan.FromMinutes(1) }, most: 1_000, clock);
        for (var address = 0; address < 100_000; address++)
        {
            buckets.Take(address, processes: 1).Granted.ShouldBeTrue();
        }

        buckets.Count.ShouldBeLessThanOrEqualTo(2_000);
        for (var minute = 0; minute < 2; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            buckets.Take(1, processes: 1);
        }

        buckets.Count.ShouldBe(1);
    }

    private static async Task<List<ApiAnswer>> Send(Func<ApiRequest> request, int times)
    {
        var answers = new List<ApiAnswer>();
        for (var i = 0; i < times; i++)
        {
            answers.Add(await request().Send());
        }

        return answers;
    }

    private static async Task<int> Granted(Func<ApiRequest> request, int times) => (await Send(request, times)).Count(answer => answer.Status == 200);

    private static ApiRequest From(string address, ApiRequest request) => request.With("X-Forwarded-For", address);

    private Session User() => app.WithToken($"{Roles.Owner}/{TenantId.Platform}/{Guid.NewGuid()}");

    private Session Member(TenantId business) => app.WithToken($"{Roles.Staff}/{business}/{Guid.NewGuid()}");

    private sealed class Processes : ILiveProcesses
    {
        public int Count { get; set; } = 1;
    }

    private sealed class TheShop : ITenantResolver
    {
        public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) => Task.FromResult<TenantId?>(Acme);
    }
}
