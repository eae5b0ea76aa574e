using Microsoft.AspNetCore.Http.Features;

namespace Mainstreet.Api.Http;

/// <summary>A file that is a request's body, or stands in the field <c>file</c> of its form.</summary>
internal static class UploadedFile
{
    /// <summary>What a form adds around the file.</summary>
    public const int Envelope = 64 * 1024;

    /// <summary>Errors: file_required, invalid_form (400), 413 beyond <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]> Read(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        if (request.HasFormContentType)
        {
            await (await FileOf(request, most, cancellationToken)).CopyToAsync(file, cancellationToken);
        }
        else
        {
            await request.Body.CopyToAsync(file, cancellationToken);
        }

        return file.Length <= most ? file.ToArray() : throw new BadHttpRequestException("File too large", StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<IFormFile> FileOf(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(new FormOptions { MemoryBufferThreshold = most + Envelope }, cancellationToken);
            return form.Files.GetFile("file") ?? throw ProblemException.Body("/file", "The form has no file in the field \"file\".", "file_required");
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw ProblemException.Body("", "The form is not well formed.", "invalid_form");
        }
    }
}
