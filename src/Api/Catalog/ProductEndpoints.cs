using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Api.Catalog;

internal static class ProductEndpoints
{
    private static readonly string[] malformed =
    [
        "handle_invalid", "name_invalid", "description_too_long", "vendor_invalid", "tags_invalid", "preparation_minutes_invalid", "options_invalid",
        "variant_code_invalid", "weight_invalid", "price_invalid", "image_invalid", "primary_image_unknown", "currency_unknown",
    ];

    private static readonly string[] taken = ["handle_taken", "sku_taken", "barcode_taken"];

    public static void MapProducts(this IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/business/products").WithTags("Products");
        products.MapGet("/", List).WithName("ListProducts").RequirePermission(Permissions.ProductsRead);
        products.MapPost("/", Create).WithName("CreateProduct").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, malformed).Refuses(404, "not_found").Refuses(409, [.. taken, "already_exists", "variant_taken", "duplicate_variant", "duplicate_image"])
            .Refuses(422, "currency_mismatch", "too_many_variants", "too_many_images", "product_without_variant", "invalid_quantity");
        products.MapGet("/{productId:guid}", Get).WithName("GetProduct").LooksBack().RequirePermission(Permissions.ProductsRead);
        products.MapPatch("/{productId:guid}", Change).WithName("ChangeProduct").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, malformed).Refuses(409, "handle_taken", "illegal_transition");
        products.MapDelete("/{productId:guid}", Archive).WithName("ArchiveProduct").RequirePermission(Permissions.ProductsWrite);
        products.MapPost("/{productId:guid}/publish", Publish).WithName("PublishProduct").RequirePermission(Permissions.ProductsWrite)
            .Refuses(409, "illegal_transition").Refuses(422, "product_without_variant");
        products.MapPost("/{productId:guid}/unpublish", Unpublish).WithName("UnpublishProduct").RequirePermission(Permissions.ProductsWrite)
            .Refuses(409, "illegal_transition");
        products.MapPost("/{productId:guid}/restore", Restore).WithName("RestoreProduct").RequirePermission(Permissions.ProductsWrite).Refuses(409, taken);
    }

    private static async Task<PageAnswer<ProductBody>> List(
        Choice<ProductStatus>? status, string? category, string? q, string? sku, string? barcode, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListProducts(status?.Value, category, q, sku, barcode, paging), cancellationToken), ProductBody.Of);

    private static async Task<CreatedAnswer<CreatedProductBody>> Create(CreateProductRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var command = request.ToCommand();
        var receipt = await mediator.Send(command, cancellationToken);
        return Answers.Created(
            $"/business/products/{receipt.ProductId}",
            new CreatedProductBody(
                receipt.ProductId.Value,
                command.Details.Handle,
                [.. receipt.VariantIds.Zip(command.Variants, (id, variant) => new CreatedVariantBody(id.Value, variant.Details.Name))],
                receipt.Version),
            receipt);
    }

    private static async Task<OkAnswer<ProductBody>> Get(Guid productId, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetProduct(new ProductId(productId)), cancellationToken);
        return Answers.Ok(ProductBody.Of(found), found.Product.Version);
    }

    private static async Task<NoContentAnswer> Change(Guid productId, ChangeProductRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new ProductId(productId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Archive(Guid productId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ArchiveProduct(new ProductId(productId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Publish(Guid productId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new PublishProduct(new ProductId(productId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Unpublish(Guid productId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new UnpublishProduct(new ProductId(productId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Restore(Guid productId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RestoreProduct(new ProductId(productId), ifMatch.Version), cancellationToken));
}

/// <param name="Variants">What customers buy. A product sold in one form has one variant without options.</param>
/// <param name="Handle">Its address in the storefront; left out: from the name.</param>
/// <param name="Description">HTML; everything but paragraphs, lists, headings, emphasis and links is taken out.</param>
/// <param name="PreparationMinutes">How long it takes to make one ready.</param>
/// <param name="PrimaryImage">The address of one of the images; left out: the first.</param>
/// <param name="Publish">Shows it to customers at once.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record CreateProductRequest(
    string Name,
    NewVariantRequest[] Variants,
    string? Handle = null,
    string? Description = null,
    string? Vendor = null,
    Guid? CategoryId = null,
    string[]? Tags = null,
    int? PreparationMinutes = null,
    ProductImageRequest[]? Images = null,
    string? PrimaryImage = null,
    bool Publish = false,
    Guid? Id = null)
{
    public CreateProduct ToCommand() => new(
        Id is { } id ? new ProductId(id) : null,
        new ProductDetails(
            Handle ?? Slug.From(Name), Name, Description, Vendor.OrNull(), CategoryId is { } category ? new CategoryId(category) : null, Tags ?? [], PreparationMinutes),
        [.. Variants.Select(variant => variant.ToVariant(Name))],
        [.. (Images ?? []).Select((image, i) => new ProductImage(image.Url, image.Alt.OrNull(), image.Position ?? i))],
        PrimaryImage,
        Publish);
}

/// <param name="Position">Lower ones come first; left out: in the given order.</param>
internal sealed record ProductImageRequest(string Url, string? Alt = null, int? Position = null);

internal sealed record CreatedProductBody(Guid Id, string Handle, CreatedVariantBody[] Variants, int Version);

internal sealed record CreatedVariantBody(Guid Id, string Name);

/// <summary>A member that is left out stays as it is; null clears it where the product can do without.</summary>
internal sealed record ChangeProductRequest(string? Handle = null, string? Name = null, string[]? Tags = null)
{
    private Application.Change<string>? description;
    private Application.Change<string>? vendor;
    private Application.Change<CategoryId?>? categoryId;
    private Application.Change<int?>? preparationMinutes;

    /// <summary>HTML; everything but paragraphs, lists, headings, emphasis and links is taken out.</summary>
    public string? Description
    {
        get => description?.To;
        init => description = new(value);
    }

    public string? Vendor
    {
        get => vendor?.To;
        init => vendor = new(value.OrNull());
    }

    public Guid? CategoryId
    {
        get => categoryId?.To?.Value;
        init => categoryId = new(value is { } id ? new CategoryId(id) : null);
    }

    public int? PreparationMinutes
    {
        get => preparationMinutes?.To;
        init => preparationMinutes = new(value);
    }

    public ChangeProduct ToCommand(ProductId id, int? expectedVersion) =>
        new(id, expectedVersion, Handle, Name, description, vendor, categoryId, Tags, preparationMinutes);
}

internal static class Texts
{
    /// <summary>A blank text says that there is none.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
