using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Infrastructure.Providers;

namespace Mainstreet.Application.Tests.Notifications;

/// <summary>Web pushes as the RFCs' examples have them.</summary>
public class EncryptingPushes
{
    private const string BrowserKey = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string OwnKey = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

    /// <summary>RFC 8291, section 5.</summary>
    [Fact]
    public void A_message_is_what_the_example_says()
    {
        using var own = WebPushCrypto.Import(Bytes(OwnKey));
        var sealedText = WebPushCrypto.Encrypt("When I grow up, I want to be a watermelon"u8, Bytes(BrowserKey), Bytes("BTBZMqHH6r4Tts7J_aSIgg"), own, Bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        Base64Url.EncodeToString(sealedText).ShouldBe(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    /// <summary>RFC 8292.</summary>
    [Fact]
    public void Who_sends_it_is_proved_for_one_service_and_half_a_day()
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var header = WebPushCrypto.Vapid(Bytes(OwnKey), "https://push.example.com", "mailto:post@mainstreet.example", now);
        var token = header["vapid t=".Length..header.IndexOf(", k=", StringComparison.Ordinal)].Split('.');
        var key = Bytes(header[(header.IndexOf(", k=", StringComparison.Ordinal) + 4)..]);
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = key[1..33], Y = key[33..] } });
        verifier.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Bytes(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
        using var claims = JsonDocument.Parse(Bytes(token[1]));
        claims.RootElement.GetRawText().ShouldBe($$"""{"aud":"https://push.example.com","exp":{{now.AddHours(12).ToUnixTimeSeconds()}},"sub":"mailto:post@mainstreet.example"}""");
        Encoding.ASCII.GetString(Bytes(token[0])).ShouldBe("""{"typ":"JWT","alg":"ES256"}""");
    }

    [Fact]
    public void A_key_is_a_point_of_the_curve()
    {
        WebPushCrypto.IsPublicKey(Bytes(BrowserKey)).ShouldBeTrue();
        WebPushCrypto.IsPublicKey(new byte[65]).ShouldBeFalse();
        WebPushCrypto.IsPublicKey([4, .. new byte[64]]).ShouldBeFalse();
        WebPushCrypto.IsPublicKey(Bytes(BrowserKey)[..64]).ShouldBeFalse();
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
