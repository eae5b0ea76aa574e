using System.Net;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

public class RegisteringAWebhookUrl
{
    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://example.com:8443/hook?token=1")]
    [InlineData("https://example.com/user@place")]
    [InlineData("https://xn--e1afmkfd.example/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    public void A_public_https_url_is_accepted(string url) => Code(url).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("/hook")]
    [InlineData("example.com/hook")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("https://")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://@example.com/")]
    [InlineData("https://example.com\\@127.0.0.1/")]
    [InlineData("https://example.com/#part")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/\r\nX-Header: 1")]
    [InlineData("https://4294967296/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://1.2.3.4.5/")]
    [InlineData("https://127.0.0.256/")]
    [InlineData("https://example.0x7f/")]
    public void What_is_no_web_address_is_refused(string url) => Code(url).ShouldBe("url_invalid");

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0/")]
    [InlineData("https://１２７.０.０.１/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[0:0:0:0:0:ffff:a00:1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://hooks.localhost/")]
    public void An_inner_address_is_refused_in_every_notation(string url) => Code(url).ShouldBe("address_refused");

    [Fact]
    public void Plain_http_is_for_sandbox_businesses()
    {
        Code("http://example.com/").ShouldBe("https_required");
        Code("http://example.com/", sandbox: true).ShouldBeNull();
        Code("http://127.0.0.1/", sandbox: true).ShouldBe("address_refused");
    }

    [Theory]
    [InlineData("https://example.com:22/")]
    [InlineData("https://example.com:25/")]
    [InlineData("https://example.com:1023/")]
    [InlineData("https://example.com:0/")]
    public void Ports_of_other_services_are_refused(string url)
    {
        Code(url).ShouldBe("port_refused");
        Code(url, sandbox: true).ShouldBe("port_refused");
    }

    [Fact]
    public void An_allowed_loopback_may_be_registered()
    {
        var policy = new AddressPolicy(IPNetwork.Parse("127.0.0.0/8"));
        WebhookUrl.Check("http://127.0.0.1:9000/", sandbox: true, policy).ShouldBeNull();
        WebhookUrl.Check("http://localhost:9000/", sandbox: true, policy).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/", null)]
    [InlineData("http://localhost:9000/", null)]
    [InlineData("http://10.1.2.3:9000/", "https_required")]
    [InlineData("http://hooks.localhost:9000/", "https_required")]
    [InlineData("http://example.com/", "https_required")]
    public void Live_businesses_send_plain_http_to_an_allowed_loopback_only(string url, string? code) =>
        (WebhookUrl.Check(url, sandbox: false, new AddressPolicy(IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8")))?.Code).ShouldBe(code);

    private static string? Code(string url, bool sandbox = false) => WebhookUrl.Check(url, sandbox, new AddressPolicy())?.Code;
}
