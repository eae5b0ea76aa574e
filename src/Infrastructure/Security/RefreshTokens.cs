using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// "msr_" and in base64url: the session, the generation, and HMAC-SHA256 of both and of the tenant. Nothing of it is stored, so a stolen
/// database opens no session; every generation is always the same text, so two who refresh at once get the same; and any older one of a
/// session is known for what it is.
/// </summary>
internal sealed class RefreshTokens(InstallationKeys keys)
{
    private const string Prefix = "msr_";
    private const int IdSize = 16;
    private const int BodySize = IdSize + sizeof(int);
    private const int Size = BodySize + HMACSHA256.HashSizeInBytes;

    public string Of(TenantId tenant, Guid session, int generation)
    {
        Span<byte> token = stackalloc byte[Size];
        session.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token[IdSize..], generation);
        Proof(tenant, token[..BodySize], token[BodySize..]);
        return Prefix + Base64Url.EncodeToString(token);
    }

    /// <summary>Null for what this product has never made for an account of that tenant.</summary>
    public (Guid Session, int Generation)? Read(TenantId tenant, string text)
    {
        Span<byte> token = stackalloc byte[Size];
        if (text.Length != Prefix.Length + Base64Url.GetEncodedLength(Size) || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), token, out _, out var length) is not OperationStatus.Done || length != Size)
        {
            return null;
        }

        Span<byte> proof = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Proof(tenant, token[..BodySize], proof);
        return CryptographicOperations.FixedTimeEquals(proof, token[BodySize..])
            ? (new Guid(token[..IdSize], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(token[IdSize..]))
            : null;
    }

    private void Proof(TenantId tenant, ReadOnlySpan<byte> body, Span<byte> proof)
    {
        Span<byte> text = stackalloc byte[IdSize + BodySize];
        tenant.Value.TryWriteBytes(text, bigEndian: true, out _);
        body.CopyTo(text[IdSize..]);
        HMACSHA256.HashData(keys.Sessions, text, proof);
    }
}
