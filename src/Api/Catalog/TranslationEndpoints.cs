using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.Catalog;

/// <summary>What products and categories are called in other languages than the business's own.</summary>
internal static class TranslationEndpoints
{
    public static void MapTranslations(this IEndpointRouteBuilder api)
    {
        var product = api.MapGroup("/business/products/{productId:guid}/translations/{locale}").WithTags("Products");
        product.MapPut("/", TranslateProduct).WithName("TranslateProduct").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "locale_invalid", "name_invalid", "description_too_long").Refuses(409, "illegal_transition").Refuses(422, "too_many_translations");
        product.MapDelete("/", RemoveOfProduct).WithName("RemoveProductTranslation").RequirePermission(Permissions.ProductsWrite).Refuses(400, "locale_invalid").Refuses(409, "illegal_transition");

        var category = api.MapGroup("/business/categories/{categoryId:guid}/translations/{locale}").WithTags("Categories");
        category.MapPut("/", TranslateCategory).WithName("TranslateCategory").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "locale_invalid", "name_invalid").Refuses(422, "too_many_translations");
        category.MapDelete("/", RemoveOfCategory).WithName("RemoveCategoryTranslation").RequirePermission(Permissions.ProductsWrite).Refuses(400, "locale_invalid");
    }

    private static async Task<NoContentAnswer> TranslateProduct(
        Guid productId, string locale, TranslateProductRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new TranslateProduct(new(productId), ifMatch.Version, locale, request.Name, request.Description), cancellationToken));

    private static async Task<NoContentAnswer> RemoveOfProduct(Guid productId, string locale, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveProductTranslation(new(productId), ifMatch.Version, locale), cancellationToken));

    private static async Task<NoContentAnswer> TranslateCategory(
        Guid categoryId, string locale, TranslateCategoryRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new TranslateCategory(new(categoryId), ifMatch.Version, locale, request.Name), cancellationToken));

    private static async Task<NoContentAnswer> RemoveOfCategory(Guid categoryId, string locale, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveCategoryTranslation(new(categoryId), ifMatch.Version, locale), cancellationToken));
}

/// <param name="Description">HTML; left out: customers read the business's own.</param>
internal sealed record TranslateProductRequest(string Name, string? Description = null);

internal sealed record TranslateCategoryRequest(string Name);
