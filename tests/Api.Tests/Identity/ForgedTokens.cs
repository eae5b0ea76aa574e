using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>
/// What is tried with access tokens. Forgers do not have the signing key; where these tests use it, they show that even a signature
/// would not help.
/// </summary>
public sealed class ForgedTokens(ApiFixture api)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task The_genuine_one_is_accepted_and_every_other_is_refused()
    {
        var anna = await api.SignIn(await api.NewUser());
        var bob = await api.SignIn(await api.NewUser());
        var ended = await api.SignIn(await api.NewUser());
        await ended.Session.Post("/auth/logout").Returns(204);
        await anna.Session.Get("/auth/me").Returns(200);

        var forgeries = Forgeries(anna, bob, ended).ToArray();
        forgeries.Length.ShouldBeGreaterThanOrEqualTo(35);
        forgeries.Select(forgery => forgery.Token).ShouldBeUnique();
        var through = new List<string>();
        foreach (var (name, token) in forgeries)
        {
            var answer = await api.Guest.Get("/auth/me").With("Authorization", $"Bearer {token}").Send();
            if (answer.Status != 401 || !answer.Text.Contains("\"invalid_token\"", StringComparison.Ordinal))
            {
                through.Add($"{name}: {answer.Status} {answer.Text}");
            }
        }

        through.ShouldBeEmpty();
        await anna.Session.Get("/auth/me").Returns(200);
        await api.Guest.Get("/auth/me").With("Authorization", $"Bearer {Signed(Header(), Claims(anna))}").Returns(200); // so the forger's hand is good
    }

    private IEnumerable<(string Name, string Token)> Forgeries(SignedIn anna, SignedIn bob, SignedIn ended)
    {
        var key = api.Services.GetRequiredService<SigningKey>();
        var (header, claims, signature) = anna.Access.Split('.') is [var h, var c, var s] ? (h, c, s) : throw new InvalidOperationException();
        var raw = Base64Url.DecodeFromChars(signature);
        byte[] publicKey = [4, .. key.PublicKey.X!, .. key.PublicKey.Y!];

        foreach (var none in new[] { "none", "None", "NONE", "nOnE" })
        {
            yield return ($"alg {none}", $"{Text(Header(("alg", none)))}.{claims}.");
        }

        yield return ("alg none with the signature", $"{Text(Header(("alg", "none")))}.{claims}.{signature}");
        yield return ("no alg", $"{Text(Header(("alg", null)))}.{claims}.{signature}");
        yield return ("HS256 with the public key", Hmac(Header(("alg", "HS256")), publicKey));
        yield return ("HS256 with the public key as PEM", Hmac(Header(("alg", "HS256")), Encoding.ASCII.GetBytes(Pem(key))));
        yield return ("HS256 with nothing", Hmac(Header(("alg", "HS256")), []));
        yield return ("HS256 with the key id", Hmac(Header(("alg", "HS256")), Encoding.ASCII.GetBytes(key.Id)));
        yield return ("another algorithm of the family", Signed(Header(("alg", "ES384")), Claims(anna)));
        foreach (var kid in new[] { "../../../../dev/null", "unknown", "", "' union select 'AA", "|cat /etc/passwd", "https://evil.example/key" })
        {
            yield return ($"kid {kid}", Hmac(Header(("kid", kid), ("alg", "HS256")), []));
        }

        using var evil = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = Jwk(evil);
        yield return ("a key of their own", Signed(Header(), Claims(anna), evil));
        yield return ("a key that the header brings", Signed(Header(("jwk", jwk)), Claims(anna), evil));
        yield return ("a key that the header names", Signed(Header(("jku", "https://evil.example/jwks")), Claims(anna), evil));
        yield return ("a certificate that the header names", Signed(Header(("x5u", "https://evil.example/cert")), Claims(anna), evil));
        yield return ("a certificate that the header brings", Signed(Header(("x5c", new JsonArray("MIIB"))), Claims(anna), evil));
        yield return ("another installation's key", Signed(Header(), Claims(anna), Other()));
        yield return ("crit", Signed(Header(("crit", new JsonArray("exp"))), Claims(anna)));
        yield return ("typ JWT", Signed(Header(("typ", "JWT")), Claims(anna)));
        yield return ("no kid", Signed(Header(("kid", null)), Claims(anna)));

        yield return ("expired", Signed(Header(), Claims(anna, ("iat", At(-2000)), ("nbf", At(-2000)), ("exp", At(-1100)))));
        yield return ("not yet", Signed(Header(), Claims(anna, ("nbf", At(600)))));
        yield return ("from the future", Signed(Header(), Claims(anna, ("iat", At(600)), ("nbf", At(600)), ("exp", At(1500)))));
        yield return ("a day long", Signed(Header(), Claims(anna, ("exp", At(86_400)))));
        yield return ("iat is a text", Signed(Header(), Claims(anna, ("iat", "now"))));
        yield return ("another issuer", Signed(Header(), Claims(anna, ("iss", "https://evil.example"))));
        yield return ("another audience", Signed(Header(), Claims(anna, ("aud", "another-api"))));
        yield return ("no session", Signed(Header(), Claims(anna, ("sid", null))));
        yield return ("a claim twice", Signed(Header(), Claims(anna).Replace("\"role\"", "\"role\":\"platform_admin\",\"role\"", StringComparison.Ordinal)));

        yield return ("more rights, old signature", $"{header}.{Text(Claims(anna).Replace("\"none\"", "\"platform_admin\"", StringComparison.Ordinal))}.{signature}");
        yield return ("another's signature", $"{header}.{claims}.{bob.Access.Split('.')[2]}");
        yield return ("no signature", $"{header}.{claims}.");
        yield return ("two parts", $"{header}.{claims}");
        yield return ("half a signature", $"{header}.{claims}.{Base64Url.EncodeToString(raw.AsSpan(0, 32))}");
        yield return ("the signature as DER", $"{header}.{claims}.{Base64Url.EncodeToString(Der(raw))}");
        yield return ("r and s are nothing", $"{header}.{claims}.{Base64Url.EncodeToString(new byte[64])}");
        yield return ("r and s are the order", $"{header}.{claims}.{Base64Url.EncodeToString([.. Order, .. Order])}");
        yield return ("a longer signature", $"{header}.{claims}.{Base64Url.EncodeToString([.. raw, 0])}");
        yield return ("stray last bits", $"{header}.{claims}.{Stray(signature)}");
        yield return ("padded", $"{header}.{claims}.{signature}==");
        yield return ("a space inside", $"{header}.{claims[..10]} {claims[10..]}.{signature}");
        yield return ("ordinary base64", $"{header}.{Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims(anna)))}.{signature}");
        yield return ("four parts", $"{anna.Access}.{signature}");
        yield return ("five parts, as if encrypted", $"{header}.{claims}.{signature}.{claims}.{signature}");
        yield return ("a refresh token", anna.Refresh);
        yield return ("of a session that has ended", ended.Access);
        yield return ("nothing", "");
        yield return ("very long", new string('a', 8000));
    }

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private string Header(params (string Name, JsonNode? Value)[] changes) =>
        Changed($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{api.Services.GetRequiredService<SigningKey>().Id}}"}""", changes);

    private static string Claims(SignedIn user, params (string Name, JsonNode? Value)[] changes) =>
        Changed(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(user.Access.Split('.')[1])), changes);

    private static string Changed(string json, (string Name, JsonNode? Value)[] changes)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                document.Remove(name);
            }
            else
            {
                document[name] = value;
            }
        }

        return document.ToJsonString(new(System.Text.Json.JsonSerializerDefaults.General) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static long At(int seconds) => Now.AddSeconds(seconds).ToUnixTimeSeconds();

    private static string Text(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    /// <summary>With the product's own key, or another one.</summary>
    private string Signed(string header, string claims, ECDsa? with = null)
    {
        var text = $"{Text(header)}.{Text(claims)}";
        var signature = with?.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256) ?? api.Services.GetRequiredService<SigningKey>().Sign(Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Hmac(string header, byte[] key)
    {
        var text = $"{Text(header)}.{Text($$"""{"iss":"mainstreet","aud":"mainstreet-api","sub":"{{Guid.NewGuid()}}","tid":"{{TenantId.Platform}}","role":"platform_admin","sid":"{{Guid.NewGuid()}}","jti":"1","iat":{{At(0)}},"nbf":{{At(0)}},"exp":{{At(900)}}}""")}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }

    private static ECDsa Other() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = SigningKey.Scalar(new byte[48]) });

    private static JsonObject Jwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    private static string Pem(SigningKey key)
    {
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = key.PublicKey });
        return ecdsa.ExportSubjectPublicKeyInfoPem();
    }

    private static byte[] Der(byte[] raw)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    /// <summary>The same bytes, written with bits that count for nothing: 64 bytes leave 4 in the last letter.</summary>
    private static string Stray(string signature)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return signature[..^1] + letters[letters.IndexOf(signature[^1], StringComparison.Ordinal) | 1];
    }
}
