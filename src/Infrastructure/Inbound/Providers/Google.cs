using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// Pub/Sub push. Authorization: Bearer with a token that Google signed (RS256) for the audience of the push subscription, as its service account. Both
/// have to be known of the connection, for anybody can have Google sign a token for any audience as somebody else. The body is not signed: TLS carries it.
/// </summary>
internal sealed class Google(GoogleKeys keys) : IInboundProvider
{
    private const string Header = "authorization";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public string Name => "google";

    public IReadOnlyList<string> SignedIn => [Header];

    public string? AccountOf(InboundRequest request) => ((JsonElement?)request.Json()).Text("subscription");

    public async ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var shown = request.Headers.GetValueOrDefault(Header, "");
        if (!shown.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || shown["Bearer ".Length..].Split('.') is not [var head, var claims, var signature]
            || !credentials.TryGetValue(ConnectionProvider.PushAudience, out var audience) || !credentials.TryGetValue(ConnectionProvider.PushAccount, out var account))
        {
            return false;
        }

        var (header, said) = (Part(head), Part(claims));
        var isFor = header.Text("alg") == "RS256" && said.Text("aud") == audience && said.Text("email") == account && said.At("email_verified") is { ValueKind: JsonValueKind.True }
            && said.Text("iss") is "https://accounts.google.com" or "accounts.google.com"
            && Notifications.Seconds(said.Text("exp")) > request.ReceivedAt - Skew && Notifications.Seconds(said.Text("iat")) < request.ReceivedAt + Skew;
        return isFor && header.Text("kid") is { } kid && await keys.Find(kid, cancellationToken) is { } key && IsSignedBy(key, $"{head}.{claims}", signature);
    }

    public InboundNotification Read(InboundRequest request)
    {
        var message = ((JsonElement?)request.Json()).At("message");
        DateTimeOffset? published = DateTimeOffset.TryParse(message.Text("publishTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
        var data = message.Text("data") is { } text ? Data(text) : null;
        return Notifications.Of(request, message.Text("messageId") ?? message.Text("message_id"), message is null ? null : data.Text("type") ?? data.Text("notificationType") ?? "message", published);
    }

    private static bool IsSignedBy(RSAParameters key, string text, string signature)
    {
        try
        {
            using var rsa = RSA.Create(key);
            return rsa.VerifyData(Encoding.ASCII.GetBytes(text), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static JsonElement? Part(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(text));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Data(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null; // the notification has another form: its type is not in it
        }
    }
}
