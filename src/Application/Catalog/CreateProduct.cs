using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>A variant to be made, with what its ledger begins with. Without an id it gets one.</summary>
public sealed record NewVariant(VariantId? Id, VariantDetails Details, Money Price, Money? CompareAtPrice, Money? Cost, OpeningStock Stock)
{
    internal Variant Variant { get; } = new(Id ?? new VariantId(Uuid.New()), Details, Price, CompareAtPrice, Cost);
}

/// <summary>
/// A new product with the ledgers of its variants, in one commit. Errors: not_found (404) for the category, already_exists,
/// handle_taken, sku_taken, barcode_taken, variant_taken, duplicate_variant (409), currency_mismatch, invalid_quantity (422),
/// and those of <see cref="Product.Create"/>.
/// </summary>
public sealed record CreateProduct(
    ProductId? Id, ProductDetails Details, NewVariant[] Variants, ProductImage[] Images, string? PrimaryImage, bool Published) : IRequest<ProductReceipt>;

public sealed record ProductReceipt(ProductId ProductId, VariantId[] VariantIds, int Version) : Committed(Version);

internal sealed class CreateProductHandler(ILane lane, ITenantContext tenant) : IRequestHandler<CreateProduct, ProductReceipt>
{
    public Task<ProductReceipt> Handle(CreateProduct command, CancellationToken cancellationToken)
    {
        var id = command.Id ?? new ProductId(Uuid.New());
        Variant[] variants = [.. command.Variants.Select(added => added.Variant)];
        var draft = new ProductDraft(
            command.Details with { Description = DescriptionHtml.Sanitize(command.Details.Description ?? "").Html },
            variants,
            command.Images,
            command.PrimaryImage,
            command.Published);
        return lane.Run(
            streams => streams
                .Of<Product>(id.Value)
                .Of<Category>(command.Details.CategoryId.Ids())
                .Of<BusinessProfile>(tenant.Tenant.Value)
                .Of<StockItem>(variants.Select(variant => variant.Id.Value)),
            (log, now) =>
            {
                log.RefuseExisting<Product>(id.Value);
                log.RefuseUnknownCategory(command.Details.CategoryId);
                log.RefuseOtherCurrency(tenant.Tenant, variants);
                log.Append<Product, ProductEvent>(id.Value, Product.Create(id, draft, now));
                foreach (var added in command.Variants)
                {
                    log.OpenStock(added.Variant.Id, added.Stock, added.Variant.Cost, now);
                }

                return new ProductReceipt(id, [.. variants.Select(variant => variant.Id)], log.Version(id.Value));
            },
            cancellationToken);
    }
}
