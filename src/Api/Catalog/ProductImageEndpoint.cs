using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Catalog;

/// <summary>Images that the business has as files: kept here, and added to a product in one step (CAT-03).</summary>
internal static class ProductImageEndpoint
{
    /// <summary>No setting allows more.</summary>
    internal const int LargestImage = 25 * 1024 * 1024;

    public static void MapProductImages(this IEndpointRouteBuilder api) =>
        api.MapPost("/business/products/{productId:guid}/images/upload", Upload).WithName("UploadProductImage").WithTags("Products").RequirePermission(Permissions.ProductsWrite).TakesImage()
            .Refuses(409, "illegal_transition").Refuses(422, "too_many_images", "storage_full");

    /// <summary>The body is the file, or a form with it.</summary>
    internal static RouteHandlerBuilder TakesImage(this RouteHandlerBuilder endpoint) => endpoint
        .AllowBody(LargestImage + UploadedFile.Envelope).LongRunning()
        .Accepts<ProductImageForm>("multipart/form-data", "image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "application/octet-stream")
        .Refuses(400, "file_required", "invalid_form", "image_type_unknown", "image_file_too_large", "image_too_many_pixels", "image_invalid")
        .Refuses(503, "file_store_unavailable");

    /// <param name="alt">What it shows, for who does not see it.</param>
    /// <param name="position">Lower ones come first; left out: behind the others.</param>
    /// <param name="primary">It stands for the product from now on, as the first one does anyway.</param>
    private static async Task<CreatedAnswer<UploadedImageBody>> Upload(
        Guid productId, string? alt, int? position, bool? primary, HttpRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var file = await UploadedFile.Read(request, LargestImage, cancellationToken);
        var uploaded = await mediator.Send(
            new UploadProductImage(new ProductId(productId), ifMatch.Version, file, alt.OrNull(), position, primary ?? false), cancellationToken);
        return Answers.Created($"/business/products/{productId}", UploadedImageBody.Of(uploaded), uploaded);
    }
}

/// <param name="File">JPEG, PNG, WebP, GIF or AVIF by its own bytes; its name and the media type that is sent with it mean nothing.</param>
internal sealed record ProductImageForm(IFormFile File);

/// <param name="Url">Where everybody finds it: at this host where it is a path. What is there never changes.</param>
/// <param name="Size">In bytes.</param>
internal sealed record UploadedImageBody(string Url, string? Alt, int Position, bool Primary, string ContentType, int Size, int Width, int Height, int Version)
{
    public static UploadedImageBody Of(UploadedImage uploaded) => new(
        uploaded.Image.Url, uploaded.Image.Alt, uploaded.Image.Position, uploaded.Primary, uploaded.File.ContentType, uploaded.Size, uploaded.File.Width, uploaded.File.Height,
        uploaded.Version);
}
