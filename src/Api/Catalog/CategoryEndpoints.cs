using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Catalog;

internal static class CategoryEndpoints
{
    public static void MapCategories(this IEndpointRouteBuilder api)
    {
        var categories = api.MapGroup("/business/categories").WithTags("Categories");
        categories.MapGet("/", List).WithName("ListCategories").RequirePermission(Permissions.ProductsRead);
        categories.MapPost("/", Create).WithName("CreateCategory").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "name_invalid", "slug_invalid").Refuses(404, "not_found").Refuses(409, "slug_taken", "already_exists").Refuses(422, "category_too_deep");
        categories.MapGet("/{categoryId:guid}", Get).WithName("GetCategory").LooksBack().RequirePermission(Permissions.ProductsRead);
        categories.MapPatch("/{categoryId:guid}", Change).WithName("ChangeCategory").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "name_invalid", "slug_invalid").Refuses(409, "slug_taken").Refuses(422, "category_cycle", "category_too_deep");

        // as the business's own rate
        categories.MapPut("/{categoryId:guid}/tax-rate", SetTaxRate).WithName("SetCategoryTaxRate").RequirePermission(Permissions.BusinessWrite)
            .Refuses(400, "tax_rate_invalid");
        categories.MapDelete("/{categoryId:guid}/tax-rate", RemoveTaxRate).WithName("RemoveCategoryTaxRate").RequirePermission(Permissions.BusinessWrite);
        api.MapGet("/business/tax-rates", GetTaxRates).WithTags("Categories").WithName("GetTaxRates").RequirePermission(Permissions.BusinessRead);
    }

    private static async Task<OkAnswer<CategoriesBody>> List(Choice<CategoryShape>? shape, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(CategoriesBody.Of(await mediator.Send(new ListCategories(ActiveOnly: false), cancellationToken), shape?.Value));

    private static async Task<CreatedAnswer<CreatedCategoryBody>> Create(CreateCategoryRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new CreateCategory(
                request.Id is { } id ? new CategoryId(id) : null, request.ParentId is { } parent ? new CategoryId(parent) : null,
                request.Name, request.Slug, request.DisplayOrder),
            cancellationToken);
        return Answers.Created(
            $"/business/categories/{receipt.CategoryId}", new CreatedCategoryBody(receipt.CategoryId.Value, request.Name, receipt.Slug, receipt.Version), receipt);
    }

    private static async Task<OkAnswer<CategoryBody>> Get(Guid categoryId, IMediator mediator, CancellationToken cancellationToken)
    {
        var category = await mediator.Send(new GetCategory(new CategoryId(categoryId)), cancellationToken);
        return Answers.Ok(CategoryBody.Of(category), category.Version);
    }

    private static async Task<NoContentAnswer> Change(Guid categoryId, ChangeCategoryRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new CategoryId(categoryId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> SetTaxRate(
        Guid categoryId, SetCategoryTaxRateRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetCategoryTaxRate(new CategoryId(categoryId), request.RatePercent, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> RemoveTaxRate(Guid categoryId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetCategoryTaxRate(new CategoryId(categoryId), RatePercent: null, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<TaxRatesBody>> GetTaxRates(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(TaxRatesBody.Of(await mediator.Send(new GetTaxRates(), cancellationToken)));
}

internal enum CategoryShape
{
    /// <summary>One list, in which each names its parent.</summary>
    Flat,

    /// <summary>Each with those below it.</summary>
    Tree,
}

/// <summary>All categories, in display order.</summary>
internal sealed record CategoriesBody(CategoryBody[] Data)
{
    public static CategoriesBody Of(IReadOnlyList<CategoryView> categories, CategoryShape? shape)
    {
        var below = categories.ToLookup(category => category.ParentId);
        return new(shape is CategoryShape.Tree ? Below(null) : [.. categories.Select(CategoryBody.Of)]);

        CategoryBody[] Below(CategoryId? parent) =>
            [.. below[parent].Select(category => CategoryBody.Of(category) with { Children = Below(category.Id) })];
    }
}

/// <param name="TaxRatePercent">Its own; absent: that of the category above, else the business's.</param>
/// <param name="Children">In the shape of a tree only.</param>
internal sealed record CategoryBody(
    Guid Id, Guid? ParentId, string Name, string Slug, int DisplayOrder, bool Active, decimal? TaxRatePercent, CategoryTranslationBody[] Translations, CategoryImageBody? Image,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version, CategoryBody[]? Children = null)
{
    public static CategoryBody Of(CategoryView category) => new(
        category.Id.Value, category.ParentId?.Value, category.Name, category.Slug, category.DisplayOrder, category.Active, category.TaxRatePercent,
        [.. category.Translations.Select(translation => new CategoryTranslationBody(translation.Locale, translation.Name))], CategoryImageBody.Of(category.Image),
        category.CreatedAt, category.UpdatedAt, category.Version);
}

internal sealed record CategoryTranslationBody(string Locale, string Name);

/// <param name="Slug">Its address in the storefront; left out: from the name.</param>
/// <param name="DisplayOrder">Lower ones come first.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record CreateCategoryRequest(string Name, string? Slug = null, Guid? ParentId = null, int DisplayOrder = 0, Guid? Id = null);

/// <param name="RatePercent">7 means 7%, 0 that nothing is taxed; at most 3 decimals.</param>
internal sealed record SetCategoryTaxRateRequest(decimal RatePercent);

/// <summary>At what goods are taxed.</summary>
/// <param name="RatePercent">The business's, for what has no other.</param>
/// <param name="Categories">In display order.</param>
internal sealed record TaxRatesBody(decimal RatePercent, bool PricesIncludeTax, CategoryTaxRateBody[] Categories)
{
    public static TaxRatesBody Of(TaxRates rates) => new(
        rates.RatePercent, rates.PricesIncludeTax,
        [.. rates.Categories.Select(rate => new CategoryTaxRateBody(rate.CategoryId.Value, rate.Name, rate.RatePercent, rate.OwnRatePercent))]);
}

/// <param name="RatePercent">That holds for what stands on it.</param>
/// <param name="OwnRatePercent">Absent: it takes that of the category above, else the business's.</param>
internal sealed record CategoryTaxRateBody(Guid CategoryId, string Name, decimal RatePercent, decimal? OwnRatePercent);

internal sealed record CreatedCategoryBody(Guid Id, string Name, string Slug, int Version);

/// <summary>A member that is left out stays as it is; a null parent puts the category at the top.</summary>
/// <param name="Active">False hides it from customers; its products stay visible.</param>
internal sealed record ChangeCategoryRequest(string? Name = null, string? Slug = null, int? DisplayOrder = null, bool? Active = null)
{
    private Change<CategoryId?>? parentId;

    public Guid? ParentId
    {
        get => parentId?.To?.Value;
        init => parentId = new(value is { } id ? new CategoryId(id) : null);
    }

    public ChangeCategory ToCommand(CategoryId id, int? expectedVersion) => new(id, expectedVersion, Name, Slug, parentId, DisplayOrder, Active);
}
