using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// A further variant with its ledger. Errors: not_found (404), stale_version (412), duplicate_variant, sku_taken,
/// barcode_taken, variant_taken, illegal_transition (409), currency_mismatch, too_many_variants (422).
/// </summary>
public sealed record AddVariant(ProductId ProductId, int? ExpectedVersion, NewVariant Added) : IRequest<ProductReceipt>;

internal sealed class AddVariantHandler(ILane lane, ITenantContext tenant) : IRequestHandler<AddVariant, ProductReceipt>
{
    public Task<ProductReceipt> Handle(AddVariant command, CancellationToken cancellationToken)
    {
        var (id, variant) = (command.ProductId.Value, command.Added.Variant);
        return lane.Run(
            streams => streams.Of<Product>(id).Of<BusinessProfile>(tenant.Tenant.Value).Of<StockItem>(variant.Id.Value),
            (log, now) =>
            {
                var product = log.Get<Product>(id);
                log.Expect(id, command.ExpectedVersion);
                log.RefuseOtherCurrency(tenant.Tenant, variant);
                log.Append<Product, ProductEvent>(id, product.AddVariant(variant, now));
                log.OpenStock(variant.Id, command.Added.Stock, variant.Cost, now);
                return new ProductReceipt(command.ProductId, [variant.Id], log.Version(id));
            },
            cancellationToken);
    }
}
