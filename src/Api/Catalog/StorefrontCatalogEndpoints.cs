using Mainstreet.Api.Http;
using Mainstreet.Api.Reviews;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Api.Catalog;

/// <summary>The catalogue of a published storefront, for everybody (CAT-06).</summary>
internal static class StorefrontCatalogEndpoints
{
    private const string Told = "each one's locale";

    public static void MapStorefrontCatalog(this IEndpointRouteBuilder api)
    {
        var storefront = api.MapGroup("/storefronts/{subdomain}").WithTags("Storefront").Public().For(Purpose.Trade).OfStorefront()
            .Refuses(423, "business_suspended", "business_closing");
        storefront.MapGet("/products", List).WithName("BrowseProducts").AcceptsLanguages(Told);
        storefront.MapGet("/products/{idOrSlug}", Get).WithName("GetStorefrontProduct").AcceptsLanguages(Told);
        storefront.MapGet("/categories", Categories).WithName("ListStorefrontCategories").AcceptsLanguages(Told);
    }

    private static async Task<PublicPageAnswer<StorefrontProductBody>> List(
        string subdomain, string? q, string? category, long? minPrice, long? maxPrice, bool? available, Sort<ProductOrder>? sort, Paging paging,
        HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        var words = StorefrontWords.Of(http);
        return Answers.PublicPage(
            await mediator.Send(
                new BrowseProducts(q, category, minPrice, maxPrice, available, sort?.By ?? ProductOrder.Name, sort?.Descending ?? false, paging), cancellationToken),
            product => StorefrontProductBody.Of(product, words));
    }

    private static async Task<PublicAnswer<StorefrontProductBody>> Get(
        string subdomain, string idOrSlug, HttpContext http, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Public(StorefrontProductBody.Of(await mediator.Send(new GetStorefrontProduct(idOrSlug), cancellationToken), StorefrontWords.Of(http)));

    private static async Task<PublicAnswer<StorefrontCategoriesBody>> Categories(
        string subdomain, Choice<CategoryShape>? shape, HttpContext http, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Public(StorefrontCategoriesBody.Of(await mediator.Send(new ListCategories(ActiveOnly: true), cancellationToken), shape?.Value, StorefrontWords.Of(http)));
}

/// <summary>A product as customers see it.</summary>
/// <param name="Slug">Its address: products are found by it as well as by id.</param>
/// <param name="Locale">In which its name and description are.</param>
/// <param name="Price">From the cheapest to the dearest variant.</param>
/// <param name="CompareAtPrice">What the cheapest variant cost before.</param>
/// <param name="Available">Some variant can be bought now.</param>
/// <param name="OptionGroups">From which customers choose with each one, in display order.</param>
/// <param name="Rating">By its approved reviews; left out where there is none.</param>
internal sealed record StorefrontProductBody(
    Guid Id,
    string Slug,
    string Name,
    string? Description,
    string Locale,
    string? Vendor,
    ProductCategoryBody? Category,
    string[] Tags,
    PriceRangeBody? Price,
    Money? CompareAtPrice,
    bool Available,
    RatingBody? Rating,
    int? PreparationMinutes,
    StorefrontVariantBody[] Variants,
    ProductImageBody[] Images,
    StorefrontOptionGroupBody[] OptionGroups)
{
    public static StorefrontProductBody Of(StorefrontProduct found, StorefrontWords words)
    {
        var product = found.Product;
        var text = words.Of(product.Name, product.Description, product.Translations);
        return new(
            product.Id.Value,
            product.Handle,
            text.Name,
            text.Description,
            text.Locale,
            product.Vendor,
            ProductCategoryBody.Of(product, words),
            product.Tags,
            PriceRangeBody.Of(product),
            product.Variants.MinBy(variant => variant.Price.Amount)?.CompareAtPrice,
            product.Variants.Any(variant => found.Available.Contains(variant.Id)),
            RatingBody.Of(found.Rating),
            product.PreparationMinutes,
            [.. product.Variants.Select(variant => StorefrontVariantBody.Of(variant, found.Available.Contains(variant.Id)))],
            ProductImageBody.Of(product),
            [.. found.OptionGroups.Select(StorefrontOptionGroupBody.Of)]);
    }
}

internal sealed record StorefrontVariantBody(
    Guid Id, string Name, VariantOption[] Options, string? Sku, Money Price, Money? CompareAtPrice, bool Available, int? WeightGrams, bool RequiresShipping)
{
    public static StorefrontVariantBody Of(Variant variant, bool available) => new(
        variant.Id.Value, variant.Details.Name, variant.Details.Options, variant.Details.Sku, variant.Price, variant.CompareAtPrice, available,
        variant.Details.WeightGrams, variant.Details.RequiresShipping);
}

/// <summary>The active categories, in display order.</summary>
internal sealed record StorefrontCategoriesBody(StorefrontCategoryBody[] Data)
{
    public static StorefrontCategoriesBody Of(IReadOnlyList<CategoryView> categories, CategoryShape? shape, StorefrontWords words)
    {
        var below = categories.ToLookup(category => category.ParentId);
        return new(shape is CategoryShape.Tree ? Below(null) : [.. categories.Select(category => StorefrontCategoryBody.Of(category, words))]);

        StorefrontCategoryBody[] Below(CategoryId? parent) =>
            [.. below[parent].Select(category => StorefrontCategoryBody.Of(category, words) with { Children = Below(category.Id) })];
    }
}

/// <param name="Locale">In which its name is.</param>
/// <param name="Children">In the shape of a tree only.</param>
internal sealed record StorefrontCategoryBody(Guid Id, Guid? ParentId, string Name, string Slug, string Locale, CategoryImageBody? Image, StorefrontCategoryBody[]? Children = null)
{
    public static StorefrontCategoryBody Of(CategoryView category, StorefrontWords words)
    {
        var text = words.Of(category.Name, description: null, category.Translations);
        return new(category.Id.Value, category.ParentId?.Value, text.Name, category.Slug, text.Locale, CategoryImageBody.Of(category.Image));
    }
}
