using System.Buffers.Text;
using System.Security.Cryptography;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>The section <c>Push</c> of the configuration: by what push services know who sends (RFC 8292).</summary>
internal sealed class PushOptions
{
    /// <summary>The private key on P-256: 32 bytes in base64url. Changed, it ends all subscriptions.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>How an operator is reached: mailto: or https:.</summary>
    public string? Subject { get; set; }

    public bool AreValid() => PrivateKey is null || (IsKey(PrivateKey) && Uri.TryCreate(Subject, UriKind.Absolute, out var subject) && subject.Scheme is "mailto" or "https");

    private static bool IsKey(string text)
    {
        try
        {
            using var key = WebPushCrypto.Import(Base64Url.DecodeFromChars(text));
            return true;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
