using System.Security.Cryptography;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Infrastructure.Security;

/// <summary>
/// The key that everything else is derived from or sealed with: 32 bytes, base64, in Security:MasterKey. Development makes
/// one in the data folder and says so; elsewhere a missing key ends the start.
/// </summary>
internal sealed class MasterKey
{
    private const int Size = 32;

    public MasterKey(IConfiguration configuration, IHostEnvironment environment, DataFolder folder, ILogger<MasterKey> logger)
    {
        Bytes = configuration["Security:MasterKey"] is { } text ? Parse(text, "Security:MasterKey")
            : environment.IsDevelopment() ? OfDevelopment(folder, logger)
            : throw new InvalidOperationException("Security:MasterKey is not set: 32 random bytes in base64, the same for every process.");
        Id = IdOf(Bytes);
        Previous = [.. configuration.GetSection("Security:PreviousMasterKeys").GetChildren().Select(key => new MasterKey(Parse(key.Value ?? "", key.Path)))];
    }

    /// <summary>A key that opens what it sealed, and seals no more.</summary>
    private MasterKey(byte[] bytes) => (Bytes, Id) = (bytes, IdOf(bytes));

    /// <summary>Names the key in what it sealed, so that a later key can tell its own from older texts.</summary>
    public string Id { get; }

    /// <summary>Security:PreviousMasterKeys, which only open and verify. A rotation makes them dispensable.</summary>
    public IReadOnlyList<MasterKey> Previous { get; } = [];

    private byte[] Bytes { get; }

    public string Seal(SecretBox box, string purpose) => box.Seal(Bytes, purpose);

    public static MasterKey Retired(byte[] bytes) => new(bytes);

    /// <summary>32 bytes for one purpose, the same in every process with this master key (HKDF-SHA256, RFC 5869).</summary>
    public byte[] Derive(string purpose) => Derive(purpose, Size);

    public byte[] Derive(string purpose, int size) => Derive(Bytes, purpose, size);

    public static byte[] Derive(byte[] masterKey, string purpose, int size = Size) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, size, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    private static string IdOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 4));

    private static byte[] Parse(string text, string where)
    {
        var bytes = new byte[Size + 1];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == Size
            ? bytes[..Size]
            : throw new InvalidOperationException($"{where} must be {Size} bytes in base64.");
    }

    private static byte[] OfDevelopment(DataFolder folder, ILogger logger)
    {
        var path = Path.Combine(folder.Path, "master.key");
        Directory.CreateDirectory(folder.Path);
        if (!File.Exists(path))
        {
            var fresh = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(fresh, options))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size))));
            }

            try
            {
                File.Move(fresh, path); // complete or absent, never half
                logger.LogInformation("Made a master key for development in {Path}", path);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(fresh); // another process was first
            }
        }

        return Parse(File.ReadAllText(path), path);
    }
}
