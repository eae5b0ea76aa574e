using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Http;

/// <summary>Which pages may read answers (requirements 9.20). Browsers keep to the headers; all that is asked here is as they ask it.</summary>
public sealed class CallingFromABrowser(ApiFixture api)
{
    private const string Anybody = "https://anybody.example";

    [Fact]
    public async Task What_guests_do_at_a_storefront_is_for_every_page()
    {
        var shop = await api.NewBusiness();
        var order = await api.Buy(shop, await shop.Sell());
        (string Method, string Path)[] open =
        [
            ("GET", $"/storefronts/{shop.Subdomain}"), ("GET", $"/storefronts/{shop.Subdomain}/products"), ("POST", $"/storefronts/{shop.Subdomain}/orders"),
            ("POST", "/customers/guest-checkout"), ("GET", order.GuestPath()), ("POST", order.GuestPath("/cancel")),
        ];
        foreach (var (method, path) in open)
        {
            var preflight = await Preflight(method, path, Anybody).Returns(204);
            Allowed(preflight).ShouldBe("*", path);
            preflight.Header("Access-Control-Allow-Methods").ShouldBe(method);
            preflight.Header("Access-Control-Allow-Headers")!.Split(", ").ShouldBeSubsetOf(Sent);
            preflight.Header("Access-Control-Max-Age").ShouldBe("600");
            preflight.Text.ShouldBeEmpty();
        }

        var key = await api.NewPublishableKey(shop);
        foreach (var page in (ApiRequest[])[key.Program.Get(open[0].Path), api.Guest.Get(open[1].Path), api.Guest.Get(order.GuestPath()), api.Guest.Get($"{open[1].Path}/no-such-thing")])
        {
            var answer = await page.With("Origin", Anybody).Send();
            Allowed(answer).ShouldBe("*", page.Path);
            answer.Header("Access-Control-Allow-Credentials").ShouldBeNull();
            answer.Header("Access-Control-Expose-Headers")!.Split(", ").ShouldBeUnique();
            ((string[])["ETag", "Location", "Retry-After", "X-Request-Id", "Idempotency-Replayed", "RateLimit", "RateLimit-Policy"]).ShouldBeSubsetOf(answer.Header("Access-Control-Expose-Headers")!.Split(", "));
        }
    }

    [Fact]
    public async Task For_all_else_a_business_has_a_list()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var page = NewOrigin();
        Allowed(await Preflight("POST", "/business/products", page).Returns(204)).ShouldBeNull();
        Allowed(await acme.Owner.Get("/business").With("Origin", page).Returns(200)).ShouldBeNull();

        await acme.Owner.Patch("/business/settings", new { allowed_origins = new[] { page, Anybody } }).Returns(204);
        (await acme.Owner.Get("/business").Returns(200)).Json.GetProperty("settings").Texts("allowed_origins").ShouldBe([page, Anybody]);
        var preflight = await Preflight("POST", "/business/products", page).Returns(204);
        (Allowed(preflight), preflight.Header("Vary"), preflight.Header("Access-Control-Allow-Methods")).ShouldBe((page, "Origin", "POST"));
        var key = await api.NewKey(acme);
        ApiRequest[] ofItsOwn = [acme.Owner.Get("/business"), acme.Owner.Get($"/business/orders/{Guid.NewGuid()}"), key.Program.Get("/business"), api.Guest.Get("/business"), api.Guest.Post("/auth/login", new { })];
        foreach (var request in ofItsOwn)
        {
            var answer = await request.With("Origin", page).Send();
            (Allowed(answer), answer.Header("Vary")).ShouldBe((page, "Origin"), request.Path);
        }

        var foreign = await globex.Owner.Get("/business").With("Origin", page).Returns(200);
        (Allowed(foreign), foreign.Header("Vary"), foreign.Header("Access-Control-Expose-Headers")).ShouldBe((null, "Origin", null));
        foreach (var other in (string[])[page + "x", page + ":8443", page.Replace("https", "http", StringComparison.Ordinal), page + "/", page.ToUpperInvariant(), "null", "*", $"{page}, {page}"])
        {
            Allowed(await Preflight("GET", "/business", other).Returns(204)).ShouldBeNull(other);
            Allowed(await acme.Owner.Get("/business").With("Origin", other).Returns(200)).ShouldBeNull(other);
        }

        await using var twin = api.Twin();
        await acme.Owner.Patch("/business/settings", new { allowed_origins = Array.Empty<string>() }).Returns(204);
        Allowed(await Preflight("GET", "/business", page, twin).Returns(204)).ShouldBeNull();
        Allowed(await acme.Owner.Get("/business").With("Origin", page).Returns(200)).ShouldBeNull();
    }

    [Fact]
    public async Task An_origin_is_listed_exactly_as_browsers_name_it()
    {
        var (live, test) = (await api.NewBusiness(), await api.NewBusiness(mode: "test"));
        string[] wrong =
        [
            "*", "", "null", "shop.example", "//shop.example", "https://", "https://shop.example/", "https://shop.example/app", "https://*.shop.example", "https://Shop.example",
            "https://shop.example:443", "https://shop.example:0", "https://shop.example:65536", "https://user@shop.example", "https://shop..example", "https://-shop.example",
            "https://shöp.example", "ftp://shop.example", "http://shop.example", "http://localhost:80", "http://localhost.evil.example", "http://127.0.0.1", "https://shop.example\n", $"https://{new string('a', 300)}",
        ];
        foreach (var origin in wrong)
        {
            (await test.Owner.Patch("/business/settings", new { allowed_origins = new[] { Anybody, origin } }).Refused(400, "validation_failed")).Faults.ShouldBe(["/allowed_origins/1 origins_invalid"], origin);
        }

        await live.Owner.Patch("/business/settings", new { allowed_origins = new[] { Anybody, Anybody } }).Refused(400, "origins_invalid");
        await live.Owner.Patch("/business/settings", new { allowed_origins = Enumerable.Range(0, 21).Select(i => $"https://shop{i}.example").ToArray() }).Refused(400, "origins_invalid");
        await live.Owner.Patch("/business/settings", new { allowed_origins = new[] { "http://localhost:3000" } }).Refused(422, "https_required");
        await test.Owner.Patch("/business/settings", new { allowed_origins = new[] { "http://localhost:3000", "http://localhost", "https://shop.example:8443" } }).Returns(204);
        Allowed(await test.Owner.Get("/business").With("Origin", "http://localhost:3000").Returns(200)).ShouldBe("http://localhost:3000");
    }

    [Fact]
    public async Task Who_is_no_browser_is_answered_as_ever()
    {
        (await new ApiRequest(api.Guest, HttpMethod.Options, "/business").Refused(405, "method_not_allowed")).Header("Access-Control-Allow-Origin").ShouldBeNull();
        await Preflight("GET", "/no-such-thing", Anybody).Refused(404, "not_found");
        await Preflight("PUT", "/business", Anybody).Refused(404, "not_found");
        (await api.Guest.Get("/business").Refused(401, "unauthenticated")).Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task A_log_brings_the_list_along()
    {
        var shop = await api.NewBusiness();
        var page = NewOrigin();
        await shop.Owner.Patch("/business/settings", new { allowed_origins = new[] { page } }).Returns(204);
        var log = await shop.Owner.Exported();
        await using var other = new ApiFixture();
        await other.InitializeAsync();
        Allowed(await Preflight("GET", "/business", page, other).Returns(204)).ShouldBeNull();
        await (await other.NewOperator()).Import(shop.Id, await other.NewUser(), log).Returns(201);
        Allowed(await Preflight("GET", "/business", page, other).Returns(204)).ShouldBe(page);
    }

    private static readonly string[] Sent =
    [
        "Authorization", "X-Api-Key", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Prefer", "Consistency-Position", "Last-Event-ID", "X-Request-Id",
        "traceparent", "Accept-Language",
    ];

    private static string NewOrigin() => $"https://{Starters.NewSubdomain("page")}.example";

    private static string? Allowed(ApiAnswer answer) => answer.Header("Access-Control-Allow-Origin");

    private ApiRequest Preflight(string method, string path, string origin, ApiFixture? at = null) => new ApiRequest((at ?? api).Guest, HttpMethod.Options, path)
        .With("Origin", origin).With("Access-Control-Request-Method", method).With("Access-Control-Request-Headers", "authorization,content-type");
}
