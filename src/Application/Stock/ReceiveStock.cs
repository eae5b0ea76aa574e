using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Goods arrive from a supplier and raise the average cost (STK-05). Errors: not_found (404), stale_version (412),
/// invalid_quantity, invalid_unit_cost, currency_mismatch (422).
/// </summary>
/// <param name="Reference">What the purchase is called.</param>
public sealed record ReceiveStock(VariantId VariantId, int? ExpectedVersion, decimal Quantity, Money? UnitCost, string? Reference) : IRequest<Committed>;

internal sealed class ReceiveStockValidator : AbstractValidator<ReceiveStock>
{
    public ReceiveStockValidator() => RuleFor(command => command.Reference).MaximumLength(200);
}

internal sealed class ReceiveStockHandler(ILane lane, ITenantContext tenant) : IRequestHandler<ReceiveStock, Committed>
{
    public Task<Committed> Handle(ReceiveStock command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<StockItem>(command.VariantId.Value).Of<BusinessProfile>(tenant.Tenant.Value),
        (log, now) =>
        {
            var item = log.Get<StockItem>(command.VariantId.Value);
            log.Expect(command.VariantId.Value, command.ExpectedVersion);
            if (command.UnitCost is { } cost)
            {
                var currency = log.Get<BusinessProfile>(tenant.Tenant.Value).Settings.Currency;
                Check.That(cost.Currency == currency, CatalogErrors.OtherCurrency(currency));
            }

            log.Append<StockItem, StockEvent>(command.VariantId.Value, item.Receive(command.Quantity, command.UnitCost, command.Reference, now));
            return new Committed(log.Version(command.VariantId.Value));
        },
        cancellationToken);
}
