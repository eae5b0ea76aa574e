using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Infrastructure.Webhooks;

internal sealed class StandardWebhooks : IWebhookSigner
{
    private const string Shared = "whsec_";
    private const string Private = "whsk_";
    private const string Public = "whpk_";
    private const int NewKeyBytes = 32;

    public WebhookKey NewKey(WebhookSignature signature)
    {
        var key = RandomNumberGenerator.GetBytes(NewKeyBytes);
        if (signature is WebhookSignature.HmacSha256)
        {
            return new(Shared + Convert.ToBase64String(key), PublicKey: null);
        }

        Check.That(Ed25519.IsAvailable, WebhookEndpointErrors.SignatureUnavailable);
        return new(Private + Convert.ToBase64String(key), Public + Convert.ToBase64String(Ed25519.PublicKey(key)));
    }

    public IReadOnlyDictionary<string, string> Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body, params IReadOnlyList<string> secrets)
    {
        // A dot in the id would let two different messages share one signed text.
        if (id.Length == 0 || id.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException("A webhook id is not empty and has no dot.", nameof(id));
        }

        if (secrets.Count == 0)
        {
            throw new ArgumentException("An unsigned webhook is never sent.", nameof(secrets));
        }

        var seconds = timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = seconds,
            ["webhook-signature"] = string.Join(' ', secrets.Select(secret => Signature(secret, message))),
        };
    }

    private static string Signature(string secret, byte[] message) =>
        Key(secret, Private) is { Length: Ed25519.KeyBytes } own ? "v1a," + Convert.ToBase64String(Ed25519.Sign(own, message))
        : Key(secret, Shared) is { Length: >= 24 and <= 64 } shared ? "v1," + Convert.ToBase64String(HMACSHA256.HashData(shared, message))
        : throw new ArgumentException("A signing secret is whsec_ and the base64 of 24 to 64 bytes, or whsk_ and that of 32.", nameof(secret));

    private static byte[]? Key(string secret, string prefix) =>
        secret.StartsWith(prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[prefix.Length..]) : null;
}
