using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text;
using Mainstreet.Application.Tests.Catalog;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

/// <summary>The receiver of samples/webhook-receiver, started as the README does, against what we sign.</summary>
public sealed class TheSampleReceiver : IAsyncLifetime
{
    private const string Placed = """{"id":"0190-a","type":"order.placed","position":12,"subject":{"type":"order","id":"0190-b"},"data":{"number":7}}""";

    private readonly StandardWebhooks _signer = new();
    private readonly HttpClient _client = new();
    private Process _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        var file = CatalogFiles.PathOf("samples", "webhook-receiver", "receiver.cs");
        _receiver = Process.Start(new ProcessStartInfo("dotnet", ["run", file, "--", "--port", "0"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var started = await NextLine();
        started.ShouldContain("no secret yet");
        _client.BaseAddress = new Uri(started.Split(' ')[2].TrimEnd(';'));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _receiver.Kill(entireProcessTree: true);
        await _receiver.WaitForExitAsync(CancellationToken.None);
        _receiver.Dispose();
    }

    [Fact]
    public async Task Believes_what_is_signed_with_its_secret_and_nothing_else()
    {
        var (secret, now) = (_signer.NewKey(WebhookSignature.HmacSha256).Secret, TimeProvider.System.GetUtcNow());
        await Deliver(Placed, secret, now).ShouldAnswer(HttpStatusCode.Unauthorized);
        (await NextLine()).ShouldBe("rejected: no secret is set");

        await Put("whsec_not base64").ShouldAnswer(HttpStatusCode.BadRequest);
        await Put(secret).ShouldAnswer(HttpStatusCode.NoContent);
        await Deliver(Placed, secret, now).ShouldAnswer(HttpStatusCode.NoContent);
        (await NextLine()).ShouldBe("order.placed position=12 subject=order:0190-b verified");

        await Deliver(Placed, secret, now.AddMinutes(4), id: "other", [_signer.NewKey(WebhookSignature.HmacSha256).Secret, secret]).ShouldAnswer(HttpStatusCode.NoContent);
        (await NextLine()).ShouldBe("order.placed position=12 subject=order:0190-b verified");
        await Deliver(Placed, secret, now).ShouldAnswer(HttpStatusCode.NoContent);
        (await NextLine()).ShouldBe("order.placed position=12 subject=order:0190-b verified repeated");

        await Deliver(Placed, _signer.NewKey(WebhookSignature.HmacSha256).Secret, now).ShouldAnswer(HttpStatusCode.Unauthorized);
        (await NextLine()).ShouldBe("rejected: the signature does not match");
        await Deliver(Placed, secret, now.AddMinutes(-6)).ShouldAnswer(HttpStatusCode.Unauthorized);
        (await NextLine()).ShouldBe("rejected: the timestamp is more than five minutes off");
        await Deliver("[1]", secret, now).ShouldAnswer(HttpStatusCode.BadRequest);
        (await NextLine()).ShouldBe("rejected: the body is not an event");

        using var received = JsonDocument.Parse(await _client.GetStringAsync("/received", TestContext.Current.CancellationToken));
        received.RootElement.EnumerateArray().Select(d => (d.GetProperty("id").GetString(), d.GetProperty("repeated").GetBoolean()))
            .ShouldBe([("first", false), ("other", false), ("first", true)]);
        var first = received.RootElement[0];
        first.GetProperty("type").GetString().ShouldBe("order.placed");
        first.GetProperty("position").GetInt64().ShouldBe(12);
        first.GetProperty("subject").GetString().ShouldBe("order:0190-b");
        first.GetProperty("body").GetProperty("data").GetProperty("number").GetInt32().ShouldBe(7);
    }

    private async Task<string> NextLine() =>
        await _receiver.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The receiver has ended.");

    private async Task<HttpResponseMessage> Put(string secret)
    {
        using var content = new StringContent(secret);
        return await _client.PutAsync("/secret", content, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> Deliver(string body, string secret, DateTimeOffset at, string id = "first", string[]? secrets = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in _signer.Sign(id, at, Encoding.UTF8.GetBytes(body), secrets ?? [secret]))
        {
            request.Headers.Add(name, value);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

internal static class Answers
{
    public static async Task ShouldAnswer(this Task<HttpResponseMessage> sending, HttpStatusCode expected)
    {
        using var response = await sending;
        response.StatusCode.ShouldBe(expected);
    }
}
