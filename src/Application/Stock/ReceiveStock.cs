using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Goods arrive from a supplier and raise the average cost (STK-05). Errors: not_found (404), location_retired (409), stale_version (412),
/// invalid_quantity, invalid_unit_cost, currency_mismatch (422).
/// </summary>
/// <param name="LocationId">Null: the default location.</param>
/// <param name="Reference">What the purchase is called.</param>
public sealed record ReceiveStock(VariantId VariantId, LocationId? LocationId, int? ExpectedVersion, decimal Quantity, Money? UnitCost, string? Reference) : IRequest<Committed>;

internal sealed class ReceiveStockValidator : AbstractValidator<ReceiveStock>
{
    public ReceiveStockValidator() => RuleFor(command => command.Reference).MaximumLength(200);
}

internal sealed class ReceiveStockHandler(ILane lane, ITenantContext tenant) : IRequestHandler<ReceiveStock, Committed>
{
    public Task<Committed> Handle(ReceiveStock command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.OfStock(command.LocationId, command.VariantId).OfLocation(command.LocationId).Of<BusinessProfile>(tenant.Tenant.Value),
        (log, now) =>
        {
            log.RequireLocation(command.LocationId);
            var item = log.GetStock(command.VariantId, command.LocationId, now);
            log.Expect(item.Stream, command.ExpectedVersion);
            if (command.UnitCost is { } cost)
            {
                var currency = log.Get<BusinessProfile>(tenant.Tenant.Value).Settings.Currency;
                Check.That(cost.Currency == currency, CatalogErrors.OtherCurrency(currency));
            }

            log.AppendStock(item, item.Receive(command.Quantity, command.UnitCost, command.Reference, now), now);
            return new Committed(log.Version(item.Stream));
        },
        cancellationToken);
}
