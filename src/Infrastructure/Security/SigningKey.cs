using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// The ES256 key with which access tokens are signed. It follows from the master key (FIPS 186-5, A.2.1: 384 bits reduced
/// modulo n - 1, plus 1), so that all processes share it and it is stored nowhere.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    public const int SignatureSize = 64;

    private static readonly BigInteger Order =
        new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    private readonly ThreadLocal<ECDsa> signer;

    public SigningKey(MasterKey master)
        : this(Scalar(master.Derive("access-token-signing-key/ES256", 48))) =>
        Previous = [.. master.Previous.Select(key => new SigningKey(key))];

    /// <param name="scalar">The private key: 32 bytes, big-endian, 1 to n - 1.</param>
    internal SigningKey(byte[] scalar)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        var parameters = key.ExportParameters(includePrivateParameters: true);
        PublicKey = parameters.Q;
        Id = Thumbprint(parameters.Q);

        // An ECDsa object serves one thread at a time.
        signer = new(() => ECDsa.Create(parameters), trackAllValues: true);
    }

    /// <summary>RFC 7638: the hash of the public key.</summary>
    public string Id { get; }

    /// <summary>Those of previous master keys: what they signed is valid until it expires.</summary>
    public IReadOnlyList<SigningKey> Previous { get; } = [];

    public ECPoint PublicKey { get; }

    /// <summary>r and s, 32 bytes each, as JWS wants it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => signer.Value!.SignData(data, HashAlgorithmName.SHA256);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && signer.Value!.VerifyData(data, signature, HashAlgorithmName.SHA256);

    public void Dispose()
    {
        foreach (var key in Previous)
        {
            key.Dispose();
        }

        foreach (var key in signer.Values)
        {
            key.Dispose();
        }

        signer.Dispose();
    }

    /// <summary>Reduces random bytes to a private key; 128 bits more than needed make the bias negligible.</summary>
    internal static byte[] Scalar(byte[] random)
    {
        var scalar = (new BigInteger(random, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static string Thumbprint(ECPoint point) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(
        $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""")));
}
