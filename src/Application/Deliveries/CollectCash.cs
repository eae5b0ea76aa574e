using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>
/// The cash that the customer gave at the door. Errors: not_found (404), no_cash_due, cash_due (422) for less than is due;
/// illegal_transition, cash_collected_already (409).
/// </summary>
public sealed record CollectCash(DeliveryId DeliveryId, Money Amount) : DriverCommand(DeliveryId);

internal sealed class CollectCashHandler(IAggregates aggregates, ITenantContext context, TimeProvider clock) : IRequestHandler<CollectCash, Committed>
{
    public Task<Committed> Handle(CollectCash command, CancellationToken cancellationToken) => aggregates.Update<Delivery, DeliveryEvent>(
        command.DeliveryId.Value, null, delivery => delivery.CollectCash(command.Amount, context.Driver(), clock.GetUtcNow()), cancellationToken);
}
