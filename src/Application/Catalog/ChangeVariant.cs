using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Changes a variant; members that are not given stay. Errors: not_found (404), stale_version (412), duplicate_variant,
/// sku_taken, barcode_taken, illegal_transition (409), currency_mismatch (422).
/// </summary>
public sealed record ChangeVariant(
    ProductId ProductId,
    VariantId VariantId,
    int? ExpectedVersion,
    string? Name,
    VariantOption[]? Options,
    Change<string>? Sku,
    Change<string>? Barcode,
    Change<int?>? WeightGrams,
    bool? Taxable,
    bool? RequiresShipping,
    Money? Price,
    Change<Money?>? CompareAtPrice,
    Change<Money?>? Cost) : IRequest<Committed>;

internal sealed class ChangeVariantHandler(ILane lane, ITenantContext tenant) : IRequestHandler<ChangeVariant, Committed>
{
    public Task<Committed> Handle(ChangeVariant command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Product>(command.ProductId.Value).Of<BusinessProfile>(tenant.Tenant.Value),
        (log, now) =>
        {
            var product = log.Get<Product>(command.ProductId.Value);
            log.Expect(command.ProductId.Value, command.ExpectedVersion);
            var present = product.Find(command.VariantId) ?? throw new DomainException(CatalogErrors.VariantNotFound);
            var changed = Apply(command, present);
            log.RefuseOtherCurrency(tenant.Tenant, changed);
            log.Append<Product, ProductEvent>(command.ProductId.Value, product.ChangeVariant(changed, now));
            return new Committed(log.Version(command.ProductId.Value));
        },
        cancellationToken);

    private static Variant Apply(ChangeVariant command, Variant variant) => variant with
    {
        Details = variant.Details with
        {
            Name = command.Name ?? variant.Details.Name,
            Options = command.Options ?? variant.Details.Options,
            Sku = command.Sku is { } sku ? sku.To : variant.Details.Sku,
            Barcode = command.Barcode is { } barcode ? barcode.To : variant.Details.Barcode,
            WeightGrams = command.WeightGrams is { } weightGrams ? weightGrams.To : variant.Details.WeightGrams,
            Taxable = command.Taxable ?? variant.Details.Taxable,
            RequiresShipping = command.RequiresShipping ?? variant.Details.RequiresShipping,
        },
        Price = command.Price ?? variant.Price,
        CompareAtPrice = command.CompareAtPrice is { } compareAtPrice ? compareAtPrice.To : variant.CompareAtPrice,
        Cost = command.Cost is { } cost ? cost.To : variant.Cost,
    };
}
