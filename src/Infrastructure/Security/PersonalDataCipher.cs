using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// Personal data inside events (D18): each marked member is stored as {"$enc": {"k": subject, "n": nonce, "d": data}},
/// AES-256-GCM with the subject's key, bound to tenant, event type and member. Destroying the key is the erasure.
/// </summary>
internal static class PersonalDataCipher
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <param name="json">The member's value as UTF-8 JSON.</param>
    public static JsonObject Encrypt(byte[] key, Guid subject, TenantId tenant, string eventType, string path, ReadOnlySpan<byte> json)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var data = new byte[json.Length + TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, json, data.AsSpan(0, json.Length), data.AsSpan(json.Length), Bind(tenant, eventType, path));
        return new() { ["$enc"] = new JsonObject { ["k"] = subject.ToString(), ["n"] = Convert.ToBase64String(nonce), ["d"] = Convert.ToBase64String(data) } };
    }

    /// <summary>The member's value as UTF-8 JSON. Errors: CryptographicException when it was altered or moved.</summary>
    public static byte[] Decrypt(byte[] key, TenantId tenant, string eventType, string path, JsonNode envelope)
    {
        var parts = envelope["$enc"] as JsonObject;
        var nonce = Bytes(parts?["n"], NonceSize);
        var data = Bytes(parts?["d"], TagSize);
        if (nonce.Length != NonceSize)
        {
            throw new CryptographicException("The encrypted value is altered.");
        }

        var json = new byte[data.Length - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(nonce, data.AsSpan(0, json.Length), data.AsSpan(json.Length), json, Bind(tenant, eventType, path));
        return json;
    }

    private static byte[] Bytes(JsonNode? base64, int minimum)
    {
        var text = base64?.GetValueKind() is JsonValueKind.String ? (string)base64! : "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= minimum
            ? bytes[..length]
            : throw new CryptographicException("The encrypted value is cut short or altered.");
    }

    private static byte[] Bind(TenantId tenant, string eventType, string path) => Encoding.UTF8.GetBytes($"{tenant}\n{eventType}\n{path}");
}
