namespace Mainstreet.Domain.Files;

public static class FileErrors
{
    public static readonly DomainError NotAnImage = new("image_type_unknown", "The file is no JPEG, PNG, WebP, GIF or AVIF.", ErrorKind.Invalid);

    public static DomainError ImageTooLarge(int most) => Beyond("image_file_too_large", $"An image has at most {most} bytes.", most, ErrorKind.Invalid);

    public static DomainError TooManyPixels(int most) => Beyond(
        "image_too_many_pixels", $"An image has at most {ImageFile.MaxSide} pixels on a side and {most} in all.", most, ErrorKind.Invalid);

    public static DomainError StorageFull(long most) => Beyond("storage_full", $"The files of a business have at most {most} bytes together.", most, ErrorKind.Rule);

    private static DomainError Beyond(string code, string message, long most, ErrorKind kind) =>
        new(code, message, kind, new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = most });
}
