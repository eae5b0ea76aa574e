using Mainstreet.Api.Http;
using Microsoft.AspNetCore.Builder;

namespace Mainstreet.Api.Tests.Http;

/// <summary>HTTPS behind a proxy (SEC-05), and what browsers are told with every answer.</summary>
public sealed class SecureTransport
{
    [Fact]
    public async Task Who_came_to_a_trusted_proxy_by_http_is_sent_to_https()
    {
        await using var app = await Start(("Http:TrustedProxies:0", "127.0.0.0/8"));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/open?q=a%20b") { Headers = { { "X-Forwarded-Proto", "http" }, { "Host", "shop.example" } } };
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode, answer.Headers.Location?.OriginalString).ShouldBe((308, "https://shop.example/api/v1/open?q=a%20b"));
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        await app.Guest.Post("/orders").With("X-Forwarded-Proto", "http").Refused(403, "https_required");
    }

    [Fact]
    public async Task Who_came_by_https_stays_there()
    {
        await using var app = await Start(("Http:TrustedProxies:0", "127.0.0.0/8"));
        (await app.Guest.Get("/open").With("X-Forwarded-Proto", "https").Returns(200)).Header("Strict-Transport-Security").ShouldBe("max-age=31536000");
        (await app.Guest.Get("/nothing").With("X-Forwarded-Proto", "https").Refused(404, "not_found")).Header("Strict-Transport-Security").ShouldBe("max-age=31536000");
        (await app.Guest.Get("/open").Returns(200)).Header("Strict-Transport-Security").ShouldBeNull("a health check from inside");
    }

    [Fact]
    public async Task Nobody_but_a_trusted_proxy_is_believed()
    {
        await using var app = await Start(("Http:TrustedProxies:0", "203.0.113.0/24"));
        await app.Guest.Get("/open").With("X-Forwarded-Proto", "http").Returns(200);
        await app.Guest.Get("/open").With("X-Original-Proto", "http").Returns(200);
        (await app.Guest.Get("/open").With("X-Forwarded-Proto", "https").Returns(200)).Header("Strict-Transport-Security").ShouldBeNull();
    }

    [Theory]
    [InlineData("/open", 200)]
    [InlineData("/nothing", 404)]
    public async Task Every_answer_keeps_browsers_safe(string path, int status)
    {
        await using var app = await Start();
        var answer = await app.Guest.Get(path).Returns(status);
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("X-Frame-Options").ShouldBe("DENY");
        answer.Header("Referrer-Policy").ShouldBe("no-referrer");
        answer.Header("Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.Header("Server").ShouldBeNull();
    }

    private static Task<EdgeApp> Start(params (string Name, string Value)[] settings) => EdgeApp.Start(
        api =>
        {
            api.MapGet("/open", () => Answers.Ok("open")).WithName("Open").Public();
            api.MapPost("/orders", () => Answers.Ok("placed")).WithName("PlaceOrder").Public();
        },
        settings: settings);
}
