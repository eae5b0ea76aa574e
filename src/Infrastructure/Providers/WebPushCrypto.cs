using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>Encryption of messages to one browser (RFC 8291 upon RFC 8188), and who sends them (VAPID, RFC 8292).</summary>
internal static class WebPushCrypto
{
    public const int KeySize = 65;
    public const int SecretSize = 16;

    /// <summary>What fits into the one record that push services take.</summary>
    public const int LongestText = RecordSize - KeySize - SaltSize - 4 - 1 - TagSize - 1;
    private const int RecordSize = 4096;
    private const int SaltSize = 16;
    private const int TagSize = 16;
    private static readonly TimeSpan TokenLasts = TimeSpan.FromHours(12);

    /// <param name="privateKey">32 bytes on P-256.</param>
    public static ECDiffieHellman Import(byte[] privateKey) => privateKey.Length == 32
        ? ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = privateKey })
        : throw new CryptographicException("A private key on P-256 has 32 bytes.");

    /// <summary>Uncompressed, 65 bytes.</summary>
    public static byte[] PublicKey(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }

    /// <summary>Whether a point is on the curve.</summary>
    public static bool IsPublicKey(byte[] key)
    {
        try
        {
            using var imported = ImportPublic(key);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <param name="text">At most <see cref="LongestText"/>.</param>
    /// <param name="browserKey">The browser's public key.</param>
    /// <param name="secret">What only the browser and we know.</param>
    /// <param name="own">A key for this message alone.</param>
    /// <param name="salt">16 random bytes.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, byte[] browserKey, byte[] secret, ECDiffieHellman own, byte[] salt)
    {
        using var browser = ImportPublic(browserKey);
        using var point = browser.PublicKey;
        var ownKey = PublicKey(own);
        byte[] info = [.. "WebPush: info\0"u8, .. browserKey, .. ownKey];
        var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(point), 32, secret, info);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
        byte[] record = [.. text, 2]; // the last one
        var (sealedRecord, tag) = (new byte[record.Length], new byte[TagSize]);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, record, sealedRecord, tag);
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, RecordSize);
        return [.. salt, .. size, KeySize, .. ownKey, .. sealedRecord, .. tag];
    }

    /// <summary>The header Authorization for one push service.</summary>
    /// <param name="privateKey">Of the sender.</param>
    /// <param name="audience">Scheme and host of the endpoint.</param>
    /// <param name="subject">Who is to be asked about it.</param>
    /// <param name="now">From when it is good.</param>
    public static string Vapid(byte[] privateKey, string audience, string subject, DateTimeOffset now)
    {
        using var agreement = Import(privateKey);
        using var signer = ECDsa.Create(agreement.ExportParameters(includePrivateParameters: true));
        var head = Encode(new { typ = "JWT", alg = "ES256" });
        var claims = Encode(new { aud = audience, exp = (now + TokenLasts).ToUnixTimeSeconds(), sub = subject });
        var signature = signer.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={head}.{claims}.{Base64Url.EncodeToString(signature)}, k={Base64Url.EncodeToString(PublicKey(agreement))}";
    }

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private static ECDiffieHellman ImportPublic(byte[] key) => key is { Length: KeySize } && key[0] == 4
        ? ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = key[1..33], Y = key[33..] } })
        : throw new CryptographicException("A public key on P-256 has 65 bytes.");
}
