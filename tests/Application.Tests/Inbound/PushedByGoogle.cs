using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Application.Tests.Webhooks;
using Mainstreet.Infrastructure.Inbound;
using Mainstreet.Infrastructure.Inbound.Providers;
using Mainstreet.Infrastructure.Webhooks;
using Microsoft.Extensions.Options;

namespace Mainstreet.Application.Tests.Inbound;

/// <summary>Pushes of Pub/Sub, signed as Google signs them, with a key of the test's that is looked up where the test publishes it.</summary>
public sealed class PushedByGoogle : IDisposable
{
    private const string Audience = "https://api.example.com/push";
    private const string Account = "push@acme.iam.gserviceaccount.com";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1753264800);
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA other = RSA.Create(2048);

    [Fact]
    public async Task A_push_for_the_audience_by_the_service_account_is_Google_s()
    {
        (await IsSigned(Token())).ShouldBeTrue();
        (await IsSigned(Token(claims => claims["aud"] = "https://elsewhere.example"))).ShouldBeFalse();
        (await IsSigned(Token(claims => claims["email"] = "somebody@else.iam.gserviceaccount.com"))).ShouldBeFalse();
        (await IsSigned(Token(claims => claims["email_verified"] = false))).ShouldBeFalse();
        (await IsSigned(Token(claims => claims["iss"] = "https://accounts.example"))).ShouldBeFalse();
        (await IsSigned(Token(claims => claims["exp"] = Now.ToUnixTimeSeconds() - 61))).ShouldBeFalse();
        (await IsSigned(Token(claims => claims["iat"] = Now.ToUnixTimeSeconds() + 61))).ShouldBeFalse();
        (await IsSigned(Token(signer: other))).ShouldBeFalse();
        (await IsSigned(Token(kid: "unknown"))).ShouldBeFalse();
        (await IsSigned(Token(algorithm: "HS256"))).ShouldBeFalse();
        (await IsSigned(Token() + "x")).ShouldBeFalse();
        foreach (var nonsense in new[] { "", "Bearer", "Bearer a.b.c", "Bearer ..", "Basic eA==" })
        {
            (await IsSigned(nonsense)).ShouldBeFalse(nonsense);
        }
    }

    [Fact]
    public async Task Without_audience_and_account_nothing_is_taken_for_Google_s()
    {
        (await IsSigned(Token(), credentials: new() { ["push_audience"] = Audience })).ShouldBeFalse();
        (await IsSigned(Token(), credentials: new() { ["push_service_account"] = Account })).ShouldBeFalse();
    }

    [Fact]
    public void It_is_read_as_PubSub_wraps_it()
    {
        using var keys = Keys("http://127.0.0.1:1/");
        var google = new Infrastructure.Inbound.Providers.Google(keys);
        google.AccountOf(Recorded.Request(Recorded.Google, Now, [])).ShouldBe("projects/acme/subscriptions/reviews");
        google.Read(Recorded.Request(Recorded.Google, Now, [])).ShouldBe(
            new InboundNotification("2070443601311540", "NEW_REVIEW", new DateTimeOffset(2025, 7, 23, 10, 0, 0, 789, TimeSpan.Zero)));
    }

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    private async Task<bool> IsSigned(string authorization, Dictionary<string, string>? credentials = null)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var jwks = JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", alg = "RS256", use = "sig", kid = "k1", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) } },
        });
        await using var publisher = Receiver.Answering($"HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: {jwks.Length}\n\n{jwks}");
        using var keys = Keys(publisher.Url().ToString());
        return await new Infrastructure.Inbound.Providers.Google(keys).IsSigned(
            Recorded.Request(Recorded.Google, Now, [("authorization", authorization)]),
            credentials ?? new() { ["push_audience"] = Audience, ["push_service_account"] = Account }, TestContext.Current.CancellationToken);
    }

    private static GoogleKeys Keys(string url) => new(
        Options.Create(new InboundOptions { GoogleKeysUrl = url }), Options.Create(new WebhookOptions { AllowedNetworks = ["127.0.0.0/8"] }), Dns.GetHostAddressesAsync, TimeProvider.System);

    private string Token(Action<Dictionary<string, object>>? change = null, RSA? signer = null, string kid = "k1", string algorithm = "RS256")
    {
        var claims = new Dictionary<string, object>
        {
            ["aud"] = Audience,
            ["azp"] = "113774264463038321964",
            ["email"] = Account,
            ["email_verified"] = true,
            ["exp"] = Now.ToUnixTimeSeconds() + 3600,
            ["iat"] = Now.ToUnixTimeSeconds(),
            ["iss"] = "https://accounts.google.com",
            ["sub"] = "113774264463038321964",
        };
        change?.Invoke(claims);
        var text = $"{Part(new { alg = algorithm, kid, typ = "JWT" })}.{Part(claims)}";
        return $"Bearer {text}.{Base64Url.EncodeToString((signer ?? key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
