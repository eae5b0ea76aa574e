using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// AES-256-GCM with a key derived per purpose: "v1.{master key id}.{base64 of nonce, data and tag}". The present master key seals; the
/// id says which one opens.
/// </summary>
internal sealed class SecretBox(MasterKey master) : ISecretBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly ConcurrentDictionary<string, MasterKey> keys = new(
        master.Previous.Append(master).Select(key => KeyValuePair.Create(key.Id, key)).DistinctBy(pair => pair.Key, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>From now on texts of this key are opened too.</summary>
    public void Accept(MasterKey retired) => keys.TryAdd(retired.Id, retired);

    /// <summary>The id of the master key that sealed a text.</summary>
    public static string KeyIdOf(string sealedText) => sealedText.Split('.') is ["v1", var key, _] ? key : "";

    public string Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(master.Derive("seal " + purpose), TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return $"v1.{master.Id}.{Convert.ToBase64String(box)}";
    }

    public byte[] Open(string sealedText, string purpose)
    {
        if (sealedText.Split('.') is not ["v1", var key, var text] || !keys.TryGetValue(key, out var sealer))
        {
            throw new CryptographicException("The secret was sealed with another master key, or is not a sealed text.");
        }

        Span<byte> box = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, box, out var length) || length < NonceSize + TagSize)
        {
            throw new CryptographicException("The sealed text is cut short or altered.");
        }

        box = box[..length];
        var plain = new byte[length - NonceSize - TagSize];
        using var aes = new AesGcm(sealer.Derive("seal " + purpose), TagSize);
        aes.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }
}
