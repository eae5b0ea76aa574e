using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Files;

namespace Mainstreet.Domain.Tests.Files;

/// <summary>The smallest image of each kind, as common encoders write it.</summary>
public class LookingAtImages
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    private const string Gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=";

    private const string WebpLossy = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
    private const string WebpLossless = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    private const string WebpAlpha = "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==";

    private const string Avif =
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwgMg8f8D///8WfhwB8+ErK42A=";

    private static readonly ImageLimits limits = new(Bytes: 1000, Pixels: 1_000_000);

    public static TheoryData<string> Samples => [Png, Gif, Jpeg, WebpLossy, WebpLossless, WebpAlpha, Avif];

    [Theory]
    [InlineData(Png, "image/png", "png", 1)]
    [InlineData(Gif, "image/gif", "gif", 1)]
    [InlineData(Jpeg, "image/jpeg", "jpg", 1)]
    [InlineData(WebpLossy, "image/webp", "webp", 1)]
    [InlineData(WebpLossless, "image/webp", "webp", 1)]
    [InlineData(WebpAlpha, "image/webp", "webp", 1)]
    [InlineData(Avif, "image/avif", "avif", 2)]
    public void What_it_is_and_how_large_its_own_bytes_say(string base64, string contentType, string extension, int side) =>
        ImageFile.Of(Convert.FromBase64String(base64), limits).ShouldBe(new ImageFile(contentType, extension, side, side));

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><script>alert(1)</script></svg>")]
    [InlineData("<!doctype html><img>")]
    [InlineData("%PDF-1.7")]
    [InlineData("GIF89")]
    public void Nothing_else_is_an_image(string file) => Refusal(Encoding(file)).ShouldBe("image_type_unknown");

    [Fact]
    public void An_image_without_a_size_is_none()
    {
        var png = Convert.FromBase64String(Png);
        png[19] = 0;
        Refusal(png).ShouldBe("image_type_unknown");
    }

    [Fact]
    public void A_few_bytes_that_unpack_to_too_much_are_refused()
    {
        Refusal(PngOf(1000, 1000)).ShouldBeNull();
        Refusal(PngOf(1000, 1001)).ShouldBe("image_too_many_pixels");
        Refusal(PngOf(1, ImageFile.MaxSide + 1)).ShouldBe("image_too_many_pixels");
        Refusal(PngOf(uint.MaxValue, uint.MaxValue)).ShouldBe("image_too_many_pixels"); // whose product is 1 in 32 bits
    }

    [Fact]
    public void A_file_has_a_size_at_most()
    {
        var png = Convert.FromBase64String(Png);
        Refusal([.. png, .. new byte[limits.Bytes - png.Length]]).ShouldBeNull();
        Refusal([.. png, .. new byte[limits.Bytes - png.Length + 1]]).ShouldBe("image_file_too_large");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void However_a_file_is_cut_or_spoilt_it_is_an_image_or_refused(string base64) => Prop.ForAll(
        ArbMap.Default.ArbFor<(ushort Length, ushort At, byte Value)>(),
        change =>
        {
            var file = Convert.FromBase64String(base64);
            file[change.At % file.Length] = change.Value;
            return Refusal(file[..(change.Length % (file.Length + 1))]) is null or "image_type_unknown" or "image_too_many_pixels";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static byte[] PngOf(uint width, uint height)
    {
        var png = Convert.FromBase64String(Png);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    private static byte[] Encoding(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string? Refusal(byte[] file)
    {
        try
        {
            ImageFile.Of(file, limits);
            return null;
        }
        catch (DomainException e)
        {
            return e.Error.Code;
        }
    }
}
