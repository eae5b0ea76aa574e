using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Api.Catalog;

/// <summary>The image that stands for a category (CAT-02, CAT-03): one that is somewhere already, or a file that is kept here.</summary>
internal static class CategoryImageEndpoints
{
    public static void MapCategoryImages(this IEndpointRouteBuilder api)
    {
        var image = api.MapGroup("/business/categories/{categoryId:guid}/image").WithTags("Categories").RequirePermission(Permissions.ProductsWrite);
        image.MapPut("/", Set).WithName("SetCategoryImage").Refuses(400, "image_invalid");
        image.MapDelete("/", Remove).WithName("RemoveCategoryImage");
        image.MapPost("/upload", Upload).WithName("UploadCategoryImage").TakesImage().Refuses(422, "storage_full");
    }

    private static async Task<NoContentAnswer> Set(Guid categoryId, CategoryImageBody request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetCategoryImage(new CategoryId(categoryId), ifMatch.Version, new(request.Url, request.Alt.OrNull())), cancellationToken));

    private static async Task<NoContentAnswer> Remove(Guid categoryId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveCategoryImage(new CategoryId(categoryId), ifMatch.Version), cancellationToken));

    /// <param name="alt">What it shows, for who does not see it.</param>
    private static async Task<CreatedAnswer<UploadedCategoryImageBody>> Upload(
        Guid categoryId, string? alt, HttpRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var file = await UploadedFile.Read(request, ProductImageEndpoint.LargestImage, cancellationToken);
        var uploaded = await mediator.Send(new UploadCategoryImage(new CategoryId(categoryId), ifMatch.Version, file, alt.OrNull()), cancellationToken);
        return Answers.Created($"/business/categories/{categoryId}", UploadedCategoryImageBody.Of(uploaded), uploaded);
    }
}

/// <param name="Url">Where everybody finds it; a path is at this host.</param>
/// <param name="Alt">What it shows, for who does not see it.</param>
internal sealed record CategoryImageBody(string Url, string? Alt = null)
{
    public static CategoryImageBody? Of(CategoryImage? image) => image is null ? null : new(image.Url, image.Alt);
}

/// <inheritdoc cref="UploadedImageBody" />
internal sealed record UploadedCategoryImageBody(string Url, string? Alt, string ContentType, int Size, int Width, int Height, int Version)
{
    public static UploadedCategoryImageBody Of(UploadedCategoryImage uploaded) => new(
        uploaded.Image.Url, uploaded.Image.Alt, uploaded.File.ContentType, uploaded.Size, uploaded.File.Width, uploaded.File.Height, uploaded.Version);
}
