using System.Security.Cryptography;
using System.Text;

namespace Mainstreet.Domain;

/// <summary>How this product makes UUIDs (RFC 9562).</summary>
public static class Uuid
{
    /// <summary>A time-ordered UUIDv7.</summary>
    public static Guid New() => Guid.CreateVersion7();

    /// <summary>Whether an id may follow from what it stands for, as those of <see cref="Named"/> do: nobody else chooses one.</summary>
    public static bool IsNamed(Guid id) => id.Version == 8;

    /// <summary>
    /// A UUIDv8 that is always the same for the same parts, so that a repeated import, message or request
    /// meets the thing it made the first time.
    /// </summary>
    public static Guid Named(params ReadOnlySpan<string> parts)
    {
        var text = string.Join('\n', parts!);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
