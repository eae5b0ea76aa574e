using System.Buffers.Binary;

namespace Mainstreet.Domain.Files;

/// <summary>AVIF is boxes within boxes (ISO/IEC 14496-12 and 23008-12), each of which begins with its length and its name.</summary>
internal static class AvifImage
{
    /// <summary>Of the largest image in the file, which may also have a preview and parts. Null: it is no AVIF.</summary>
    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> file)
    {
        if (!TryTake(ref file, out var name, out var brands) || !name.SequenceEqual("ftyp"u8) || !IsAvif(brands))
        {
            return null;
        }

        var properties = Find(Find(Find(file, "meta"u8) is { Length: >= 4 } meta ? meta[4..] : [], "iprp"u8), "ipco"u8);
        (int Width, int Height)? largest = null;
        while (TryTake(ref properties, out name, out var box))
        {
            if (name.SequenceEqual("ispe"u8) && box.Length >= 12)
            {
                var size = (Width: Side(box[4..]), Height: Side(box[8..]));
                largest = largest is { } other && (long)other.Width * other.Height >= (long)size.Width * size.Height ? other : size;
            }
        }

        return largest;
    }

    /// <summary>The major brand, a version, and all that it is compatible with.</summary>
    private static bool IsAvif(ReadOnlySpan<byte> brands)
    {
        for (var at = 0; at + 4 <= brands.Length; at += 4)
        {
            if (at != 4 && (brands.Slice(at, 4).SequenceEqual("avif"u8) || brands.Slice(at, 4).SequenceEqual("avis"u8)))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, scoped ReadOnlySpan<byte> wanted)
    {
        while (TryTake(ref boxes, out var name, out var box))
        {
            if (name.SequenceEqual(wanted))
            {
                return box;
            }
        }

        return [];
    }

    /// <summary>The first box, and <paramref name="boxes"/> goes on behind it. Lengths beyond 4 GB and "to the end" are for boxes that hold pictures, not their sizes.</summary>
    private static bool TryTake(scoped ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> box)
    {
        name = box = [];
        if (boxes.Length < 8 || BinaryPrimitives.ReadUInt32BigEndian(boxes) is var length && (length < 8 || length > boxes.Length))
        {
            return false;
        }

        name = boxes.Slice(4, 4);
        box = boxes[8..(int)length];
        boxes = boxes[(int)length..];
        return true;
    }

    private static int Side(ReadOnlySpan<byte> pixels) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(pixels), int.MaxValue);
}
