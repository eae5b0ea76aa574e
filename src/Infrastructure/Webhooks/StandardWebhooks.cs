using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;

namespace Mainstreet.Infrastructure.Webhooks;

internal sealed class StandardWebhooks : IWebhookSigner
{
    private const string Prefix = "whsec_";

    public string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

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
        var prefix = Encoding.UTF8.GetBytes($"{id}.{seconds}.");
        var signatures = new string[secrets.Count];
        for (var i = 0; i < signatures.Length; i++)
        {
            signatures[i] = Signature(secrets[i], prefix, body);
        }

        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = seconds,
            ["webhook-signature"] = string.Join(' ', signatures),
        };
    }

    private static string Signature(string secret, byte[] prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        hmac.AppendData(prefix);
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }

    private static byte[] Key(string secret)
    {
        var key = secret.StartsWith(Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Prefix.Length..]) : [];
        return key.Length is >= 24 and <= 64
            ? key
            : throw new ArgumentException("A signing secret is whsec_ and the base64 of 24 to 64 bytes.", nameof(secret));
    }
}
