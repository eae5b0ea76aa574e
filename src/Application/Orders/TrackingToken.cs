using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Domain;

namespace Mainstreet.Application.Orders;

/// <summary>
/// Makes the token with which a guest follows and cancels one order. It follows from the order and a key, so that a repeated
/// checkout answers the same token though only its hash is stored.
/// </summary>
public interface ITrackingTokens
{
    string Issue(TenantId tenant, OrderId order);
}

/// <summary>A token names its tenant and proves knowledge of a secret: base64url of 16 bytes tenant id and 32 bytes proof.</summary>
public static class TrackingToken
{
    private const int TenantSize = 16;
    private const int ProofSize = 32;

    public static string Make(TenantId tenant, ReadOnlySpan<byte> proof)
    {
        Span<byte> bytes = stackalloc byte[TenantSize + ProofSize];
        tenant.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        proof[..ProofSize].CopyTo(bytes[TenantSize..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Where to look for the order; null for what is no token at all. Proves nothing yet.</summary>
    public static TenantId? TenantOf(string? token)
    {
        Span<byte> bytes = stackalloc byte[TenantSize + ProofSize + 1];
        return token?.Length == Base64Url.GetEncodedLength(TenantSize + ProofSize)
            && Base64Url.DecodeFromChars(token, bytes, out _, out var length) is OperationStatus.Done && length == TenantSize + ProofSize
                ? new TenantId(new Guid(bytes[..TenantSize], bigEndian: true))
                : null;
    }

    /// <summary>What is stored of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
