using System.Security.Cryptography;
using System.Text;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Application.Tests.Security;

public class SealingASecret
{
    private readonly SecretBox box = new(TestKeys.Master());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(10_000)]
    public void What_was_sealed_is_opened(int size)
    {
        var plain = TestKeys.Random(size);

        new SecretBox(TestKeys.Master()).Open(box.Seal(plain, "token"), "token").ShouldBe(plain);
    }

    [Fact]
    public void A_sealed_text_names_format_and_key_but_not_the_secret()
    {
        var text = box.Seal("open sesame"u8, "token");

        text.ShouldStartWith($"v1.{TestKeys.Master().Id}.");
        Encoding.Latin1.GetString(Convert.FromBase64String(text.Split('.')[2])).ShouldNotContain("sesame");
        text.ShouldNotBe(box.Seal("open sesame"u8, "token"));
    }

    [Theory]
    [InlineData("token ")]
    [InlineData("Token")]
    [InlineData("")]
    public void It_opens_for_its_own_purpose_only(string purpose) => Refused(box.Seal("secret"u8, "token"), purpose);

    [Fact]
    public void It_does_not_open_under_another_key()
    {
        var text = new SecretBox(TestKeys.Master(8)).Seal("secret"u8, "token");

        Refused(text);
        Refused(text.Replace(TestKeys.Master(8).Id, TestKeys.Master().Id, StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var text = box.Seal("secret"u8, "token");
        var start = text.LastIndexOf('.') + 1;
        var bytes = Convert.FromBase64String(text[start..]);     // nonce, ciphertext and tag
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            Refused(text[..start] + Convert.ToBase64String(bytes));
            bytes[at] ^= 1;
            Refused(text[..start] + Convert.ToBase64String(bytes[..at]));
        }

        for (var at = 0; at < start; at++)
        {
            Refused(TestKeys.Tamper(text, at));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("v1..")]
    [InlineData("v2.KEY.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("v1.KEY.not base64!")]
    [InlineData("v1.KEY.AAAA")]
    [InlineData("v1.KEY.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAA")]
    public void What_is_no_sealed_text_is_refused_as_such(string text) =>
        Refused(text.Replace("KEY", TestKeys.Master().Id, StringComparison.Ordinal));

    private void Refused(string text, string purpose = "token") => Should.Throw<CryptographicException>(() => box.Open(text, purpose));
}
