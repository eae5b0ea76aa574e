using System.Reflection;
using System.Runtime.InteropServices;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>
/// Signatures of RFC 8032 by OpenSSL, which .NET itself calls for its cryptography on Linux: .NET has no Ed25519, and the packages that have it are no
/// longer kept (ADR 0012). Where there is no OpenSSL 1.1.1 or later, <see cref="IsAvailable"/> is false.
/// </summary>
internal static partial class Ed25519
{
    public const int KeyBytes = 32;
    private const int SignatureBytes = 64;
    private const int Kind = 1087; // NID_ED25519 of obj_mac.h

    private const string Library = "openssl-libcrypto";
    private static readonly string[] names = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll"];
    private static readonly Lazy<nint> library = new(Load);

    static Ed25519() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? library.Value : 0);

    public static bool IsAvailable => library.Value != 0;

    /// <param name="privateKey">32 bytes, the seed of RFC 8032.</param>
    public static byte[] PublicKey(byte[] privateKey) => With(privateKey, key =>
    {
        var (bytes, length) = (new byte[KeyBytes], (nuint)KeyBytes);
        Succeeded(EVP_PKEY_get_raw_public_key(key, bytes, ref length));
        return bytes;
    });

    /// <returns>64 bytes.</returns>
    public static byte[] Sign(byte[] privateKey, byte[] message) => With(privateKey, key =>
    {
        var context = EVP_MD_CTX_new();
        try
        {
            var (signature, length) = (new byte[SignatureBytes], (nuint)SignatureBytes);
            Succeeded(EVP_DigestSignInit(context, 0, 0, 0, key));
            Succeeded(EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length));
            return signature;
        }
        finally
        {
            EVP_MD_CTX_free(context);
        }
    });

    private static byte[] With(byte[] privateKey, Func<nint, byte[]> use)
    {
        if (privateKey.Length != KeyBytes)
        {
            throw new ArgumentException("A private key has 32 bytes.", nameof(privateKey));
        }

        var key = EVP_PKEY_new_raw_private_key(Kind, 0, privateKey, KeyBytes);
        try
        {
            Succeeded(key == 0 ? 0 : 1);
            return use(key);
        }
        finally
        {
            EVP_PKEY_free(key);
        }
    }

    private static void Succeeded(int result)
    {
        if (result != 1)
        {
            throw new InvalidOperationException("OpenSSL refused to sign.");
        }
    }

    private static nint Load()
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_new_raw_private_key(int kind, nint engine, byte[] key, nuint length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_get_raw_public_key(nint key, [Out] byte[] bytes, ref nuint length);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSign(nint context, [Out] byte[] signature, ref nuint length, byte[] message, nuint messageLength);
}
