using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;

namespace Mainstreet.Application.ApiKeys;

/// <summary>
/// A key as programs show it: <c>msk_live_</c>, <c>msk_test_</c>, <c>mpk_live_</c> or <c>mpk_test_</c>, then base64url of the business, the key's
/// id, 32 random bytes and a checksum, which tells a mistyped key from a wrong one without looking anything up.
/// </summary>
public sealed record ApiKeyText(ApiKeyKind Kind, TenantId Business, ApiKeyId KeyId, string Text)
{
    private const int IdLength = 16, SecretLength = 32;
    private const int ChecksumLength = 5; // 69 bytes are 92 characters without a spare bit, so a key has one spelling
    private const int Length = (2 * IdLength) + SecretLength + ChecksumLength;
    private const int PrefixLength = 9;

    private static readonly (string Prefix, ApiKeyKind Kind)[] prefixes =
        [("msk_live_", ApiKeyKind.Secret), ("msk_test_", ApiKeyKind.Secret), ("mpk_live_", ApiKeyKind.Publishable), ("mpk_test_", ApiKeyKind.Publishable)];

    /// <summary>SHA-256 of all of it, in base64url: what is stored. No shorter one is needed for 32 random bytes, and no slower one.</summary>
    public string Hash => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static ApiKeyText New(ApiKeyKind kind, bool isTest, TenantId business, ApiKeyId key)
    {
        var bytes = new byte[Length];
        business.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        key.Value.TryWriteBytes(bytes.AsSpan(IdLength), bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes.AsSpan(2 * IdLength, SecretLength));
        var prefix = $"{(kind is ApiKeyKind.Secret ? "msk" : "mpk")}_{(isTest ? "test" : "live")}_";
        Checksum(prefix, bytes).CopyTo(bytes.AsSpan(Length - ChecksumLength));
        return new(kind, business, key, prefix + Base64Url.EncodeToString(bytes));
    }

    /// <summary>Whether it is meant to be a key, and not a token.</summary>
    public static bool IsMeant(string text) => text.StartsWith("msk_", StringComparison.Ordinal) || text.StartsWith("mpk_", StringComparison.Ordinal);

    /// <summary>Null for anything that no key can be.</summary>
    public static ApiKeyText? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var (prefix, kind) = Array.Find(prefixes, known => text.StartsWith(known.Prefix, StringComparison.Ordinal));
        return prefix is not null
            && text.Length == PrefixLength + Base64Url.GetEncodedLength(Length)
            && Base64Url.DecodeFromChars(text.AsSpan(PrefixLength), bytes, out _, out var written) is OperationStatus.Done && written == Length
            && Checksum(prefix, bytes).SequenceEqual(bytes[^ChecksumLength..])
            ? new(kind, new(new Guid(bytes[..IdLength], bigEndian: true)), new(new Guid(bytes[IdLength..(2 * IdLength)], bigEndian: true)), text)
            : null;
    }

    /// <summary>Without the key, because whatever is printed may end up in logs.</summary>
    public override string ToString() => $"{Kind} {KeyId}";

    private static ReadOnlySpan<byte> Checksum(string prefix, ReadOnlySpan<byte> bytes) =>
        SHA256.HashData([.. Encoding.ASCII.GetBytes(prefix), .. bytes[..^ChecksumLength]]).AsSpan(0, ChecksumLength);
}
