using System.Security.Cryptography;
using System.Text;
using Mainstreet.Api.Tests.Connections;

namespace Mainstreet.Api.Tests.Inbound;

internal static class InboundStarters
{
    public const string Revoked = "account.application.deauthorized";

    /// <summary>An event as Stripe tells it.</summary>
    public static string StripeEvent(string id, string type, string account) =>
        $$$"""{"id":"{{{id}}}","object":"event","account":"{{{account}}}","created":1686089970,"type":"{{{type}}}","data":{"object":{"id":"ch_1"} } }""";

    public static string NewEventId() => $"evt_{Guid.NewGuid():N}";

    /// <summary>Signed as Stripe does, now.</summary>
    public static ApiRequest Tell(this ApiFixture api, string path, string body, string secret = ConnectionStarters.WebhookSecret) => Tell(api.Guest, path, body, secret);

    public static ApiRequest Tell(Session provider, string path, string body, string secret = ConnectionStarters.WebhookSecret)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
        return provider.Post($"~{path}", body).With("Stripe-Signature", $"t={time},v1={signature}");
    }

    /// <summary>One event of a connection, told and kept.</summary>
    public static async Task<string> Told(this ApiFixture api, TestConnection connection, string type = "charge.refunded")
    {
        var id = NewEventId();
        (await api.Tell(connection.WebhookPath, StripeEvent(id, type, connection.Account)).Returns(200)).Json.GetProperty("status").GetString().ShouldBe("received");
        return id;
    }
}
