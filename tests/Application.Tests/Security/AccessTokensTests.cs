using System.Buffers.Text;
using System.Text;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Application.Tests.Security;

public sealed class ValidatingAnAccessToken : IDisposable
{
    private const string GoodClaims = """{"iss":"mainstreet","aud":"mainstreet-api","sub":"0190a5b4-0000-7000-8000-000000000001","tid":"0190a5b4-0000-7000-8000-000000000002","role":"owner","sid":"0190a5b4-0000-7000-8000-000000000003","jti":"1","iat":1700000000,"nbf":1700000000,"exp":1700000900}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1700000000);

    private static readonly AccessGrant Anna = new(new(Guid.Parse("0190a5b4-0000-7000-8000-000000000001")),
        new(Guid.Parse("0190a5b4-0000-7000-8000-000000000002")), "owner", Guid.Parse("0190a5b4-0000-7000-8000-000000000003"), "1");

    /// <summary>As a token says it: with its end, from which on it is refused.</summary>
    private static readonly AccessGrant Granted = Anna with { ValidUntil = Now.AddSeconds(930) };

    private readonly SigningKey key = new(TestKeys.Master());
    private readonly AccessTokens tokens;

    public ValidatingAnAccessToken() => tokens = new(key);

    private string Header => $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{key.Id}}"}""";

    public void Dispose() => key.Dispose();

    [Fact]
    public void What_was_granted_is_read_back() => tokens.Validate(tokens.Issue(Anna, Now), Now).ShouldBe(Granted);

    [Fact]
    public void Claims_are_those_of_RFC_9068() =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(tokens.Issue(Anna, Now).Split('.')[1])).ShouldBe(GoodClaims);

    [Fact]
    public void A_well_formed_forgery_of_this_test_is_accepted() => tokens.Validate(Signed(Header, GoodClaims), Now).ShouldBe(Granted);

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(900, true)]
    [InlineData(929, true)]
    [InlineData(930, false)]
    [InlineData(100_000_000, false)]
    public void It_is_valid_for_15_minutes_give_or_take_30_seconds(int seconds, bool valid) =>
        (tokens.Validate(tokens.Issue(Anna, Now), Now.AddSeconds(seconds)) is not null).ShouldBe(valid);

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES384","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"es256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"another"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jku":"https://evil.example/jwks"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jwk":{"kty":"EC"}}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","x5u":"https://evil.example/cert"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","x5c":["MIIB"]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["exp"]}""")]
    [InlineData("""{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("")]
    public void Every_other_header_is_refused_even_when_signed(string header) =>
        tokens.Validate(Signed(header.Replace("KID", key.Id, StringComparison.Ordinal), GoodClaims), Now).ShouldBeNull();

    [Theory]
    [InlineData("\"iss\":\"mainstreet\",", "")]
    [InlineData("\"iss\":\"mainstreet\"", "\"iss\":\"evil\"")]
    [InlineData("\"aud\":\"mainstreet-api\",", "")]
    [InlineData("\"aud\":\"mainstreet-api\"", "\"aud\":[\"mainstreet-api\"]")]
    [InlineData("\"aud\":\"mainstreet-api\"", "\"aud\":\"another-api\"")]
    [InlineData("\"exp\":1700000900", "\"x\":0")]
    [InlineData("\"exp\":1700000900", "\"exp\":1700000901")]
    [InlineData("\"exp\":1700000900", "\"exp\":99999999999999")]
    [InlineData("\"exp\":1700000900", "\"exp\":1e30")]
    [InlineData("\"exp\":1700000900", "\"exp\":1700000900.5")]
    [InlineData("\"exp\":1700000900", "\"exp\":\"1700000900\"")]
    [InlineData("\"exp\":1700000900", "\"exp\":null")]
    [InlineData("\"exp\":1700000900", "\"exp\":-1")]
    [InlineData("\"nbf\":1700000000,", "")]
    [InlineData("\"nbf\":1700000000", "\"nbf\":1700000031")]
    [InlineData("\"iat\":1700000000,", "")]
    [InlineData("\"iat\":1700000000", "\"iat\":1700000031")]
    [InlineData("\"sub\":\"0190a5b4-0000-7000-8000-000000000001\",", "")]
    [InlineData("0190a5b4-0000-7000-8000-000000000001", "0190a5b40000700080000000000000001")]
    [InlineData("0190a5b4-0000-7000-8000-000000000001", "anna")]
    [InlineData("\"tid\":\"0190a5b4-0000-7000-8000-000000000002\",", "")]
    [InlineData("\"role\":\"owner\",", "")]
    [InlineData("\"role\":\"owner\"", "\"role\":\"\"")]
    [InlineData("\"role\":\"owner\"", "\"role\":1")]
    [InlineData("\"role\":\"owner\"", "\"role\":\"\\ud800\"")]
    [InlineData("\"role\":\"owner\"", "\"role\":\"staff\",\"role\":\"owner\"")]
    [InlineData("\"role\":\"owner\"", "\"role\":\"staff\",\"\\u0072ole\":\"owner\"")]
    [InlineData("\"role\":\"owner\"", "\"role\":\"owner\",\"deep\":{\"er\":{}}")]
    [InlineData("\"jti\":\"1\",", "")]
    [InlineData("{\"iss\"", "[{\"iss\"")]
    [InlineData("}", "} {}")]
    [InlineData("}", ",}")]
    [InlineData("}", "")]
    public void Every_other_claim_is_refused_even_when_signed(string good, string bad)
    {
        GoodClaims.ShouldContain(good);
        tokens.Validate(Signed(Header, GoodClaims.Replace(good, bad, StringComparison.Ordinal)), Now).ShouldBeNull();
    }

    [Fact]
    public void A_change_of_any_character_is_refused()
    {
        var token = tokens.Issue(Anna, Now);

        Enumerable.Range(0, token.Length).ShouldAllBe(at => tokens.Validate(TestKeys.Tamper(token, at), Now) == null);
        Enumerable.Range(0, token.Length).ShouldAllBe(length => tokens.Validate(token.Substring(0, length), Now) == null);
    }

    [Fact]
    public void Another_way_to_write_the_same_bytes_is_refused()
    {
        var token = tokens.Issue(Anna, Now);
        var parts = token.Split('.');

        tokens.Validate(token + "==", Now).ShouldBeNull();
        tokens.Validate(token + " ", Now).ShouldBeNull();
        tokens.Validate(token + "\n", Now).ShouldBeNull();
        tokens.Validate(" " + token, Now).ShouldBeNull();
        tokens.Validate($"{parts[0]}.{parts[1]}=.{parts[2]}", Now).ShouldBeNull();
        tokens.Validate($"{parts[0]}=.{parts[1]}.{parts[2]}", Now).ShouldBeNull();
        tokens.Validate($"{parts[0]}.{parts[1]}.{parts[2]}.", Now).ShouldBeNull();
        tokens.Validate($"{token}.{parts[2]}", Now).ShouldBeNull();

        // 64 bytes leave four unused bits in the last character
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            .Count(last => tokens.Validate(token[..^1] + last, Now) is not null).ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(72)]
    public void A_made_up_signature_of_any_length_is_refused(int size)
    {
        var text = tokens.Issue(Anna, Now);
        tokens.Validate($"{text[..text.LastIndexOf('.')]}.{Base64Url.EncodeToString(new byte[size])}", Now).ShouldBeNull();
    }

    [Fact]
    public void Tokens_of_another_installation_are_refused()
    {
        using var foreign = new SigningKey(TestKeys.Master(8));
        tokens.Validate(new AccessTokens(foreign).Issue(Anna, Now), Now).ShouldBeNull();
        tokens.Validate(Signed(Header, GoodClaims, foreign), Now).ShouldBeNull();
    }

    [Fact]
    public void A_token_over_4_KB_is_refused() =>
        tokens.Validate(tokens.Issue(Anna with { Jti = new string('x', 4000) }, Now), Now).ShouldBeNull();

    [Fact]
    public void Random_text_is_refused_and_never_throws()
    {
        var random = new Random(20251121);
        var token = tokens.Issue(Anna, Now);
        const string Alphabet = "ABCxyz019-_.=+/ {}\":\\\0\u00e9\ud800\u3002";
        for (var i = 0; i < 20_000; i++)
        {
            var noise = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var at = random.Next(token.Length + 1);
            tokens.Validate(noise, Now).ShouldBeNull();
            if (noise.Length > 0)
            {
                tokens.Validate(token.Insert(at, noise), Now).ShouldBeNull();
                tokens.Validate(token[..at] + noise, Now).ShouldBeNull();
            }
        }
    }

    [Fact]
    public void Random_claims_are_refused_and_never_throw()
    {
        var random = new Random(20251121);
        for (var i = 0; i < 2_000; i++)
        {
            var claims = Encoding.UTF8.GetBytes(GoodClaims);
            claims[random.Next(claims.Length)] = (byte)random.Next(256);
            var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header))}.{Base64Url.EncodeToString(claims)}";
            Should.NotThrow(() => tokens.Validate($"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}", Now));
        }
    }

    private string Signed(string header, string claims, SigningKey? with = null)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{text}.{Base64Url.EncodeToString((with ?? key).Sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
