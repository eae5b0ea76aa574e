using System.Buffers.Binary;

namespace Mainstreet.Domain.Files;

/// <summary>What images may be: the size of the file, and what it is unpacked to.</summary>
/// <param name="Bytes">Of the file.</param>
/// <param name="Pixels">Width times height.</param>
public sealed record ImageLimits(int Bytes, int Pixels);

/// <summary>
/// What a file is by its own bytes, whatever its name or whoever sent it says. SVG is none of it: it is a document that can carry scripts.
/// </summary>
/// <param name="Extension">As names of files end, without the dot.</param>
/// <param name="Width">In pixels, as the header says it: so much memory takes whoever shows it.</param>
public sealed record ImageFile(string ContentType, string Extension, int Width, int Height)
{
    public const int MaxSide = 16_384;

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>Errors: image_type_unknown, image_file_too_large, image_too_many_pixels (400).</summary>
    public static ImageFile Of(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        Check.That(file.Length <= limits.Bytes, FileErrors.ImageTooLarge(limits.Bytes));
        var image = Read(file);
        Check.That(image is { Width: > 0, Height: > 0 }, FileErrors.NotAnImage);
        Check.That(image!.Width <= MaxSide && image.Height <= MaxSide && (long)image.Width * image.Height <= limits.Pixels, FileErrors.TooManyPixels(limits.Pixels));
        return image;
    }

    private static ImageFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Png) && file.Length >= 24)
        {
            return new("image/png", "png", Side(BinaryPrimitives.ReadUInt32BigEndian(file[16..])), Side(BinaryPrimitives.ReadUInt32BigEndian(file[20..])));
        }

        if ((file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) && file.Length >= 10)
        {
            return new("image/gif", "gif", BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        }

        var size = file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ("image/jpeg", "jpg", JpegSize(file))
            : file.StartsWith("RIFF"u8) && file.Length >= 30 && file[8..].StartsWith("WEBP"u8) ? ("image/webp", "webp", WebpSize(file[12..]))
            : ("image/avif", "avif", AvifImage.SizeOf(file));
        return size is var (type, extension, (width, height)) ? new(type, extension, width, height) : null;
    }

    /// <summary>Of the frame, which stands behind tables and texts of any length.</summary>
    private static (int Width, int Height)? JpegSize(ReadOnlySpan<byte> file)
    {
        for (var rest = file[2..]; rest.Length >= 9 && rest[0] == 0xFF;)
        {
            var marker = rest[1];
            if (marker is 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(rest[7..]), BinaryPrimitives.ReadUInt16BigEndian(rest[5..]));
            }

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (marker is < 0xC0 or >= 0xD0 and <= 0xDA || length < 4 || length > rest.Length)
            {
                return null;
            }

            rest = rest[length..];
        }

        return null;
    }

    private static (int Width, int Height)? WebpSize(ReadOnlySpan<byte> chunk) => chunk switch
    {
        _ when chunk.StartsWith("VP8X"u8) => (1 + UInt24(chunk[12..]), 1 + UInt24(chunk[15..])),
        _ when chunk.StartsWith("VP8L"u8) && chunk[8] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]) is var bits =>
            (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF)),
        _ when chunk.StartsWith("VP8 "u8) && chunk[11..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) =>
            (BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF),
        _ => null,
    };

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static int Side(uint pixels) => (int)Math.Min(pixels, int.MaxValue);
}
