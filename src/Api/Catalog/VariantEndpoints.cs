using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Api.Catalog;

/// <summary>The parts of a product: its variants and images. Their ETag is the product's.</summary>
internal static class VariantEndpoints
{
    public static void MapProductParts(this IEndpointRouteBuilder api)
    {
        var product = api.MapGroup("/business/products/{productId:guid}").WithTags("Products");
        product.MapPost("/variants", Add).WithName("AddVariant").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "name_invalid", "options_invalid", "variant_code_invalid", "weight_invalid", "price_invalid", "currency_unknown")
            .Refuses(409, "duplicate_variant", "sku_taken", "barcode_taken", "variant_taken", "illegal_transition")
            .Refuses(422, "currency_mismatch", "too_many_variants", "invalid_quantity");
        product.MapPatch("/variants/{variantId:guid}", Change).WithName("ChangeVariant").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "name_invalid", "options_invalid", "variant_code_invalid", "weight_invalid", "price_invalid", "currency_unknown")
            .Refuses(409, "duplicate_variant", "sku_taken", "barcode_taken", "illegal_transition")
            .Refuses(422, "currency_mismatch", "mixed_currencies");
        product.MapDelete("/variants/{variantId:guid}", Remove).WithName("RemoveVariant").RequirePermission(Permissions.ProductsWrite)
            .Refuses(409, "illegal_transition").Refuses(422, "product_without_variant");
        product.MapPost("/images", AddImage).WithName("AddProductImage").RequirePermission(Permissions.ProductsWrite)
            .Refuses(400, "image_invalid").Refuses(409, "illegal_transition").Refuses(422, "too_many_images");
        product.MapDelete("/images", RemoveImage).WithName("RemoveProductImage").RequirePermission(Permissions.ProductsWrite).Refuses(409, "illegal_transition");
    }

    private static async Task<CreatedAnswer<CreatedVariantBody>> Add(
        Guid productId, NewVariantRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var added = request.ToVariant(productName: null);
        var receipt = await mediator.Send(new AddVariant(new ProductId(productId), ifMatch.Version, added), cancellationToken);
        return Answers.Created($"/business/products/{productId}", new CreatedVariantBody(receipt.VariantIds[0].Value, added.Details.Name), receipt);
    }

    private static async Task<NoContentAnswer> Change(
        Guid productId, Guid variantId, ChangeVariantRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new ProductId(productId), new VariantId(variantId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Remove(Guid productId, Guid variantId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveVariant(new ProductId(productId), new VariantId(variantId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> AddImage(
        Guid productId, AddProductImageRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new AddProductImage(new ProductId(productId), ifMatch.Version, request.Url, request.Alt.OrNull(), request.Position, request.Primary), cancellationToken));

    private static async Task<NoContentAnswer> RemoveImage(Guid productId, string url, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveProductImage(new ProductId(productId), ifMatch.Version, url), cancellationToken));
}

/// <param name="Price">For one, in the business's currency.</param>
/// <param name="Name">Left out: the values of its options, or the product's name.</param>
/// <param name="Options">What tells it from the product's other variants, such as Size = Large.</param>
/// <param name="CompareAtPrice">What it cost before.</param>
/// <param name="Cost">What the business pays for one; also the cost of what is there at the begin.</param>
/// <param name="Stock">With what its stock begins; left out: with nothing, and nothing is sold that is not there.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record NewVariantRequest(
    Money Price,
    string? Name = null,
    VariantOption[]? Options = null,
    string? Sku = null,
    string? Barcode = null,
    int? WeightGrams = null,
    bool Taxable = true,
    bool RequiresShipping = true,
    Money? CompareAtPrice = null,
    Money? Cost = null,
    OpeningStockRequest? Stock = null,
    Guid? Id = null)
{
    public NewVariant ToVariant(string? productName) => new(
        Id is { } id ? new VariantId(id) : null,
        new VariantDetails(
            Name ?? (Options is { Length: > 0 } options ? string.Join(" / ", options.Select(option => option.Value)) : productName ?? ""),
            Options ?? [], Sku.OrNull(), Barcode.OrNull(), WeightGrams, Taxable, RequiresShipping),
        Price,
        CompareAtPrice,
        Cost,
        Stock is { } stock ? new OpeningStock(stock.Policy, stock.Quantity, stock.Minimum) : new OpeningStock());
}

/// <param name="Policy">deny: nothing is sold that is not there; backorder: orders are taken beyond; untracked: not counted.</param>
/// <param name="Quantity">At most 3 decimals.</param>
/// <param name="Minimum">At or below this, stock is low.</param>
internal sealed record OpeningStockRequest(StockPolicy Policy = StockPolicy.Deny, decimal Quantity = 0, decimal Minimum = 0);

/// <summary>A member that is left out stays as it is; null clears it where the variant can do without.</summary>
internal sealed record ChangeVariantRequest(
    string? Name = null, VariantOption[]? Options = null, bool? Taxable = null, bool? RequiresShipping = null, Money? Price = null)
{
    private Change<string>? sku;
    private Change<string>? barcode;
    private Change<int?>? weightGrams;
    private Change<Money?>? compareAtPrice;
    private Change<Money?>? cost;

    public string? Sku
    {
        get => sku?.To;
        init => sku = new(value.OrNull());
    }

    public string? Barcode
    {
        get => barcode?.To;
        init => barcode = new(value.OrNull());
    }

    public int? WeightGrams
    {
        get => weightGrams?.To;
        init => weightGrams = new(value);
    }

    /// <summary>What it cost before.</summary>
    public Money? CompareAtPrice
    {
        get => compareAtPrice?.To;
        init => compareAtPrice = new(value);
    }

    /// <summary>What the business pays for one.</summary>
    public Money? Cost
    {
        get => cost?.To;
        init => cost = new(value);
    }

    public ChangeVariant ToCommand(ProductId product, VariantId variant, int? expectedVersion) => new(
        product, variant, expectedVersion, Name, Options, sku, barcode, weightGrams, Taxable, RequiresShipping, Price, compareAtPrice, cost);
}

/// <param name="Url">Of an image that is there already: changes its text and place.</param>
/// <param name="Position">Lower ones come first; left out: after the others.</param>
/// <param name="Primary">Makes it the one that stands for the product.</param>
internal sealed record AddProductImageRequest(string Url, string? Alt = null, int? Position = null, bool Primary = false);
