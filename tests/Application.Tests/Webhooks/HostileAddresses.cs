using System.Net;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

/// <summary>32 ways to name an address inside, each as the endpoint itself, as what its name leads to, and as where its answer sends on.</summary>
public class HostileAddresses
{
    private static readonly (string Host, string Address)[] hosts =
    [
        ("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("127.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"), ("017700000001", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"), ("user@127.0.0.1", "127.0.0.1"), ("0", "0.0.0.0"), ("0.0.0.0", "0.0.0.0"),
        ("[::1]", "::1"), ("[::]", "::"), ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"), ("[0:0:0:0:0:ffff:7f00:1]", "::ffff:7f00:1"), ("[::127.0.0.1]", "::127.0.0.1"),
        ("[64:ff9b::7f00:1]", "64:ff9b::7f00:1"), ("[64:ff9b:1::7f00:1]", "64:ff9b:1::7f00:1"), ("[2002:7f00:1::1]", "2002:7f00:1::1"), ("[2001:0:7f00:1::1]", "2001:0:7f00:1::1"),
        ("[fe80::1]", "fe80::1"), ("[fd00::1]", "fd00::1"), ("[fec0::1]", "fec0::1"), ("10.0.0.1", "10.0.0.1"), ("172.31.255.254", "172.31.255.254"), ("192.168.1.1", "192.168.1.1"),
        ("169.254.169.254", "169.254.169.254"), ("100.64.0.1", "100.64.0.1"), ("168.63.129.16", "168.63.129.16"), ("198.18.0.1", "198.18.0.1"), ("255.255.255.255", "255.255.255.255"),
    ];

    public static TheoryData<string, string> Hosts => [.. hosts.Select(host => new TheoryDataRow<string, string>(host.Host, host.Address))];

    [Theory, MemberData(nameof(Hosts))]
    public async Task As_the_endpoint(string host, string address)
    {
        await using var canary = new Receiver();
        using var transport = new WebhookTransport(new WebhookOptions(), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));
        var url = Canary(canary, host);

        transport.Check(url, sandbox: true)!.Code.ShouldBe(Refusal(host));
        (await Send(transport, url)).Error.ShouldBe(Refusal(host));
        canary.Connections.ShouldBe(0);
    }

    /// <summary>It was public when it was looked at, and leads inside when it is connected to.</summary>
    [Theory, MemberData(nameof(Hosts))]
    public async Task As_what_a_name_leads_to(string host, string address)
    {
        await using var canary = new Receiver();
        var asked = 0;
        using var transport = new WebhookTransport(
            new WebhookOptions(), TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>(Interlocked.Increment(ref asked) == 1 ? [IPAddress.Parse("2606:4700:4700::1111"), IPAddress.Parse(address)] : [IPAddress.Parse(address)]));
        var url = Canary(canary, "rebinds.example");

        transport.Check(url, sandbox: true).ShouldBeNull(host);
        (await Send(transport, url)).Error.ShouldBe("address_refused");
        (await Send(transport, url)).Error.ShouldBe("address_refused");
        (canary.Connections, asked).ShouldBe((0, 2));
    }

    /// <summary>The canary stands where the receiver does, and could be reached: what is sent on is not followed.</summary>
    [Theory, MemberData(nameof(Hosts))]
    public async Task As_where_an_answer_sends_on(string host, string address)
    {
        await using var canary = new Receiver();
        await using var receiver = Receiver.Answering($"HTTP/1.1 307 Temporary Redirect\nLocation: {Canary(canary, host)}\nContent-Length: 0\n\n");
        using var transport = new WebhookTransport(
            new WebhookOptions { AllowedNetworks = ["127.0.0.1/32"] }, TimeProvider.System,
            (asked, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked == "127.0.0.1" ? asked : address)]));

        var response = await Send(transport, receiver.Url().ToString());

        (response.Status, response.Succeeded, canary.Connections).ShouldBe((307, false, 0));
    }

    [Fact]
    public async Task A_permitted_one_is_reached()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 204 No Content\n\n");
        using var transport = new WebhookTransport(
            new WebhookOptions { AllowedNetworks = ["127.0.0.1/32"] }, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        (await Send(transport, Canary(receiver, "hooks.example"))).Succeeded.ShouldBeTrue();
        receiver.Connections.ShouldBe(1);
    }

    private static Task<WebhookResponse> Send(WebhookTransport transport, string url) => transport.Send(
        new(new Uri(url), "{}"u8.ToArray(), new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" }, Sandbox: true),
        TestContext.Current.CancellationToken);

    private static string Canary(Receiver canary, string host) => $"http://{host}:{canary.Port}/hook";

    private static string Refusal(string host) => host.Contains('@', StringComparison.Ordinal) ? "url_invalid" : "address_refused";
}
