using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Inbound.Providers;
using static Mainstreet.Application.Tests.Inbound.Recorded;

namespace Mainstreet.Application.Tests.Inbound;

/// <summary>
/// Each provider's scheme, against signatures that were made without this code: in another language, from what the providers publish.
/// </summary>
public class VerifyingSignatures
{
    private const string Secret = "whsec_test_secret";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1686089980);

    [Fact]
    public async Task Stripe_signs_time_and_body()
    {
        var stripe = new Stripe();
        const string good = "7d8a28e3e30557ca9dfd87ab3f27d7b8837c7338dff69afa67b86ae258996327";
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089975,v1={good}")).ShouldBeTrue();
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089975,v1=00,v1={good},v0=11")).ShouldBeTrue();
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089976,v1={good}")).ShouldBeFalse();
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089975,v0={good}")).ShouldBeFalse();
        (await IsSigned(stripe, Recorded.Stripe.Replace("false", "true", StringComparison.Ordinal), $"t=1686089975,v1={good}")).ShouldBeFalse();
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089975,v1={good}", secret: "another")).ShouldBeFalse();
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089975,v1={good}", at: Now.AddSeconds(295))).ShouldBeTrue();
        (await IsSigned(stripe, Recorded.Stripe, $"t=1686089975,v1={good}", at: Now.AddSeconds(296))).ShouldBeFalse();
        foreach (var nonsense in new[] { "", "t=,v1=", "t=x,v1=y", "v1=" + good, $"t=99999999999999999999,v1={good}" })
        {
            (await IsSigned(stripe, Recorded.Stripe, nonsense)).ShouldBeFalse(nonsense);
        }

        stripe.AccountOf(Request(Recorded.Stripe, Now, [])).ShouldBe("acct_1032D82eZvKYlo2C");
        stripe.Read(Request(Recorded.Stripe, Now, [])).ShouldBe(
            new InboundNotification("evt_1NG8Du2eZvKYlo2CUI79vXWy", "account.application.deauthorized", DateTimeOffset.FromUnixTimeSeconds(1686089970)));

        Task<bool> IsSigned(IInboundProvider provider, string body, string signature, string secret = Secret, DateTimeOffset? at = null) =>
            VerifyingSignatures.IsSigned(provider, Request(body, at ?? Now, [("stripe-signature", signature)]), secret);
    }

    [Fact]
    public async Task WhatsApp_signs_the_body()
    {
        var whatsapp = new WhatsApp();
        const string good = "sha256=8bfbb3f64a6f1a663226f307aa7b57fad7a606b8bf22b9aac7c21ed9a9a6768b";
        (await IsSigned(whatsapp, Request(Recorded.WhatsApp, Now, [("x-hub-signature-256", good)]))).ShouldBeTrue();
        (await IsSigned(whatsapp, Request(Recorded.WhatsApp, Now, [("x-hub-signature-256", good["sha256=".Length..])]))).ShouldBeFalse();
        (await IsSigned(whatsapp, Request(Recorded.WhatsApp + " ", Now, [("x-hub-signature-256", good)]))).ShouldBeFalse();
        (await IsSigned(whatsapp, Request(Recorded.WhatsApp, Now, []))).ShouldBeFalse();
        whatsapp.AccountOf(Request(Recorded.WhatsApp, Now, [])).ShouldBe("102290129340398");
        whatsapp.Read(Request(Recorded.WhatsApp, Now, [])).ShouldBe(new InboundNotification(
            "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=", "messages", DateTimeOffset.FromUnixTimeSeconds(1749416383)));
        whatsapp.Read(Request(WhatsAppStatus, Now, [])).ShouldBe(new InboundNotification("wamid.1:delivered,wamid.2:read", "statuses", DateTimeOffset.FromUnixTimeSeconds(1750263773)));
    }

    [Theory]
    [InlineData("subscribe", "hello", "1158201444")]
    [InlineData("subscribe", "other", null)]
    [InlineData("unsubscribe", "hello", null)]
    public void WhatsApp_checks_an_address_by_its_token(string mode, string token, string? answer)
    {
        var query = new Dictionary<string, string> { ["hub.mode"] = mode, ["hub.verify_token"] = token, ["hub.challenge"] = "1158201444" };
        new WhatsApp().Answer(query, new Dictionary<string, string> { ["verify_token"] = "hello" }).ShouldBe(answer);
        ((IInboundProvider)new Stripe()).Answer(query, new Dictionary<string, string> { ["verify_token"] = "hello" }).ShouldBeNull();
    }

    [Fact]
    public async Task Greeninvoice_signs_the_body_in_base64()
    {
        var greeninvoice = new Greeninvoice();
        const string good = "u/98XuOCbznO12RzFF23FumN+3EipunwwJOQDtyf45E=";
        (await IsSigned(greeninvoice, Request(Recorded.Greeninvoice, Now, [("x-data-signature", good)]))).ShouldBeTrue();
        (await IsSigned(greeninvoice, Request(Recorded.Greeninvoice.Replace("118", "119", StringComparison.Ordinal), Now, [("x-data-signature", good)]))).ShouldBeFalse();
        (await IsSigned(greeninvoice, Request(Recorded.Greeninvoice, Now, [("x-data-signature", good.ToLowerInvariant())]))).ShouldBeFalse();
        greeninvoice.AccountOf(Request(Recorded.Greeninvoice, Now, [])).ShouldBe("2b0a9a37-6a0c-4b38-8b5a-0f8f9f1e1c01");
        greeninvoice.Read(Request(Recorded.Greeninvoice, Now, [])).ShouldBe(new InboundNotification(
            "document.created:8a1f0d3e-3f5a-4d0c-9c0a-1f6f9b6c2d11", "document.created", DateTimeOffset.FromUnixTimeSeconds(1753264800)));
    }

    [Fact]
    public async Task Voicenter_and_iCount_show_a_secret()
    {
        foreach (var (provider, body) in new (IInboundProvider, string)[] { (new Voicenter(), Recorded.Voicenter), (new ICount(), Recorded.ICount) })
        {
            (await IsSigned(provider, Request(body, Now, [("x-webhook-token", Secret)]))).ShouldBeTrue();
            (await IsSigned(provider, Request(body, Now, [], [("token", Secret)]))).ShouldBeTrue();
            (await IsSigned(provider, Request(body, Now, [("x-webhook-token", "guess")], [("token", Secret)]))).ShouldBeFalse();
            (await IsSigned(provider, Request(body, Now, [], [("token", "")]))).ShouldBeFalse();
            (await IsSigned(provider, Request(body, Now, []))).ShouldBeFalse();
        }

        var call = new Voicenter();
        call.AccountOf(Request(Recorded.Voicenter, Now, [])).ShouldBe("0722776772");
        call.Read(Request(Recorded.Voicenter, Now, [])).ShouldBe(new InboundNotification("202507230943330101b5c2fcb3c7c1", "call.missed", DateTimeOffset.FromUnixTimeSeconds(1753264800)));
        call.Read(Request($"[{Recorded.Voicenter.Replace("NOANSWER", "ANSWER", StringComparison.Ordinal)}]", Now, [])).Type.ShouldBe("call.answered");
        var books = new ICount();
        books.AccountOf(Request(Recorded.ICount, Now, [])).ShouldBe("acme");
        books.Read(Request(Recorded.ICount, Now, [])).ShouldBe(new InboundNotification("document.created:invrec:2041", "document.created", null));
        books.Read(Request("""{"cid":"acme","doctype":"invrec","docnum":2041}""", Now, [])).EventId.ShouldBe("document.created:invrec:2041");
    }

    [Fact]
    public async Task ToyyibPay_hashes_key_status_order_and_reference()
    {
        var toyyibpay = new ToyyibPay();
        const string good = "&hash=ad6d7f663689a9bcbbca79e62aba5239";
        (await IsSigned(toyyibpay, Request(Recorded.ToyyibPay + good, Now, []))).ShouldBeTrue();
        (await IsSigned(toyyibpay, Request(Recorded.ToyyibPay.Replace("status=1", "status=3", StringComparison.Ordinal) + good, Now, []))).ShouldBeFalse();
        (await IsSigned(toyyibpay, Request(Recorded.ToyyibPay, Now, []))).ShouldBeFalse();
        toyyibpay.AccountOf(Request(Recorded.ToyyibPay, Now, [])).ShouldBeNull();
        toyyibpay.Read(Request(Recorded.ToyyibPay + good, Now, [])).ShouldBe(
            new InboundNotification("TP2507231234567:1", "payment.succeeded", new DateTimeOffset(2025, 7, 23, 10, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("{\"id\":{},\"type\":[],\"entry\":{},\"message\":7,\"status\":{}}")]
    [InlineData("{\"entry\":[[1]],\"message\":{\"data\":\"%%%\",\"publishTime\":\"soon\"},\"type\":\"\"}")]
    public void What_is_no_notification_is_refused_and_nothing_worse(string body)
    {
        foreach (var provider in new IInboundProvider[] { new Stripe(), new WhatsApp(), new Voicenter(), new ToyyibPay() })
        {
            Should.Throw<DomainException>(() => provider.Read(Request(body, Now, []))).Error.Code.ShouldBe("inbound_malformed", provider.Name);
        }
    }

    private static async Task<bool> IsSigned(IInboundProvider provider, InboundRequest request, string secret = Secret) =>
        await provider.IsSigned(request, new Dictionary<string, string> { ["webhook_secret"] = secret }, TestContext.Current.CancellationToken);
}
