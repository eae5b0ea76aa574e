using System.Net;
using System.Text;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

public class SendingAWebhook
{
    private static readonly IPAddress Public = IPAddress.Parse("203.0.114.1");

    [Fact]
    public async Task The_receiver_gets_body_and_headers_and_its_answer_comes_back()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 202 Accepted\nContent-Length: 6\n\nthanks");
        using var transport = Transport("127.0.0.0/8");

        var response = await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken);

        (response with { Duration = default }).ShouldBe(new WebhookResponse(202, "thanks", default, null, null));
        response.Succeeded.ShouldBeTrue();
        var request = receiver.Requests.ShouldHaveSingleItem();
        request.ShouldStartWith("POST /hook HTTP/1.1\r\n");
        request.ShouldContain("webhook-id: evt_1\r\n");
        request.ShouldContain("Content-Type: application/json\r\n");
        request.ShouldEndWith("\r\n\r\n{\"id\":\"evt_1\"}");
        request.ShouldNotContain("traceparent");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task An_inner_address_is_never_connected_to(string host)
    {
        await using var canary = new Receiver();
        using var transport = Transport();

        (await transport.Send(Hook(canary.Url(host)), TestContext.Current.CancellationToken)).Error.ShouldBe("address_refused");
        canary.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.114.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.114.1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_name_that_leads_inside_is_never_connected_to(params string[] answers)
    {
        await using var canary = new Receiver();
        using var transport = new WebhookTransport(new WebhookOptions(), TimeProvider.System,
            (_, _) => Task.FromResult(answers.Select(IPAddress.Parse).ToArray()));

        (await transport.Send(Hook(canary.Url("hooks.example")), TestContext.Current.CancellationToken)).Error.ShouldBe("address_refused");
        canary.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_so_a_second_answer_gains_nothing()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 204 No Content\n\n");
        var lookups = 0;
        using var transport = new WebhookTransport(new WebhookOptions { AllowedNetworks = ["127.0.0.0/8"] }, TimeProvider.System,
            (_, _) => Task.FromResult(new[] { Interlocked.Increment(ref lookups) == 1 ? IPAddress.Loopback : Public }));

        (await transport.Send(Hook(receiver.Url("hooks.example")), TestContext.Current.CancellationToken)).Status.ShouldBe(204);
        lookups.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_address_of_a_name_is_tried()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 204 No Content\n\n");
        using var transport = new WebhookTransport(new WebhookOptions { AllowedNetworks = ["127.0.0.0/8"] }, TimeProvider.System,
            (_, _) => Task.FromResult(new[] { IPAddress.Parse("127.0.0.99"), IPAddress.Loopback }));

        (await transport.Send(Hook(receiver.Url("hooks.example")), TestContext.Current.CancellationToken)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var canary = new Receiver();
        await using var receiver = Receiver.Answering($"HTTP/1.1 307 Temporary Redirect\nLocation: {canary.Url()}\nContent-Length: 0\n\n");
        using var transport = Transport("127.0.0.0/8");

        var response = await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken);

        response.Status.ShouldBe(307);
        response.Succeeded.ShouldBeFalse();
        canary.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_silent_receiver_is_given_up()
    {
        await using var receiver = new Receiver();
        using var transport = new WebhookTransport(Options(TimeSpan.FromMilliseconds(300)), TimeProvider.System);

        var response = await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken);

        response.Error.ShouldBe("timeout");
        response.Status.ShouldBeNull();
        receiver.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_up_and_kept_as_far_as_it_came()
    {
        await using var receiver = new Receiver(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) { StaysOpen = true };
        using var transport = new WebhookTransport(Options(TimeSpan.FromMilliseconds(500)), TimeProvider.System);

        var response = await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken);

        (response with { Duration = default }).ShouldBe(new WebhookResponse(200, "half", default, "timeout", null));
        response.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_a_long_answer_only_64_KB_are_read()
    {
        await using var receiver = new Receiver(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n"), [.. Enumerable.Repeat((byte)'x', 5_000_000)]);
        using var transport = Transport("127.0.0.0/8");

        var response = await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken);

        response.Succeeded.ShouldBeTrue();
        response.Body!.Length.ShouldBe(65_536);
    }

    [Fact]
    public async Task An_answer_is_always_text_that_can_be_stored()
    {
        await using var receiver = new Receiver(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"), [(byte)'a', 0, 0xFF, (byte)'b']);
        using var transport = Transport("127.0.0.0/8");

        (await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken)).Body.ShouldBe("a\uFFFD\uFFFDb");
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Wed, 21 Oct 2026 07:30:00 GMT", 120)]
    [InlineData("Wed, 21 Oct 2026 07:00:00 GMT", 0)]
    public async Task Retry_After_is_understood_in_both_forms(string header, int seconds)
    {
        await using var receiver = Receiver.Answering($"HTTP/1.1 503 Service Unavailable\nRetry-After: {header}\nContent-Length: 0\n\n");
        using var transport = new WebhookTransport(Options(), new StoppedClock(new(2026, 10, 21, 7, 28, 0, TimeSpan.Zero)));

        (await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("not http at all\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf")]
    public async Task A_broken_answer_is_a_failure(string answer)
    {
        await using var receiver = Receiver.Answering(answer);
        using var transport = Transport("127.0.0.0/8");

        var response = await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken);

        response.Error.ShouldBe("invalid_response");
        response.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_with_endless_headers_is_a_failure()
    {
        await using var receiver = Receiver.Answering($"HTTP/1.1 200 OK\nX-Long: {new string('x', 100_000)}\n\n");
        using var transport = Transport("127.0.0.0/8");

        (await transport.Send(Hook(receiver.Url()), TestContext.Current.CancellationToken)).Error.ShouldBe("invalid_response");
    }

    [Fact]
    public async Task Each_failure_on_the_way_has_its_code()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 400 Bad Request\n\n");
        using var transport = Transport("127.0.0.0/8");
        using var nameless = new WebhookTransport(Options(), TimeProvider.System, (_, _) => Task.FromResult(Array.Empty<IPAddress>()));

        (await Error(transport, $"https://127.0.0.1:{receiver.Port}/")).ShouldBe("tls_failed");
        (await Error(transport, $"http://127.0.0.99:{receiver.Port}/")).ShouldBe("connection_failed");
        (await Error(nameless, "https://hooks.example/")).ShouldBe("name_not_resolved");
        (await Error(transport, "http://127.0.0.1:25/")).ShouldBe("port_refused");
        (await Error(transport, "http://me:secret@127.0.0.1/")).ShouldBe("url_invalid");
        (await transport.Send(Hook(new("http://hooks.example/")) with { Sandbox = false }, TestContext.Current.CancellationToken)).Error.ShouldBe("https_required");
    }

    [Fact]
    public async Task A_cancellation_by_the_caller_is_no_answer()
    {
        await using var receiver = new Receiver();
        using var transport = Transport("127.0.0.0/8");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(transport.Send(Hook(receiver.Url()), cancel.Token));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("transfer-encoding")]
    public async Task Headers_of_the_connection_are_not_the_callers(string name)
    {
        using var transport = Transport("127.0.0.0/8");
        var headers = new Dictionary<string, string> { [name] = "x" };

        await Should.ThrowAsync<ArgumentException>(
            transport.Send(new(new("http://127.0.0.1:9000/"), [], headers, Sandbox: true), TestContext.Current.CancellationToken));
    }

    private static async Task<string?> Error(WebhookTransport transport, string url) =>
        (await transport.Send(Hook(new(url)), TestContext.Current.CancellationToken)).Error;

    private static WebhookRequest Hook(Uri url) => new(url, Encoding.UTF8.GetBytes("""{"id":"evt_1"}"""),
        new Dictionary<string, string> { ["Content-Type"] = "application/json", ["webhook-id"] = "evt_1" }, Sandbox: true);

    private static WebhookTransport Transport(params string[] allowed) => new(new WebhookOptions { AllowedNetworks = allowed }, TimeProvider.System);

    private static WebhookOptions Options(TimeSpan? timeout = null) =>
        new() { AllowedNetworks = ["127.0.0.0/8"], Timeout = timeout ?? TimeSpan.FromSeconds(15) };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
