using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>
/// Takes an order back from its driver, before the goods are picked up. Errors: not_found (404); not_assigned (409) when it was
/// never given to anybody; illegal_transition (409).
/// </summary>
public sealed record UnassignDriver(OrderId OrderId, string? Reason = null) : IRequest<Committed>;

internal sealed class UnassignDriverValidator : AbstractValidator<UnassignDriver>
{
    public UnassignDriverValidator() => RuleFor(c => c.Reason).MaximumLength(500);
}

internal sealed class UnassignDriverHandler(ILane lane, ITenantContext context) : IRequestHandler<UnassignDriver, Committed>
{
    public Task<Committed> Handle(UnassignDriver command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Order>(command.OrderId.Value).OfDeliveries(context.Tenant, command.OrderId),
        (log, now) =>
        {
            log.Get<Order>(command.OrderId.Value);
            var delivery = log.LastDelivery(context.Tenant, command.OrderId) ?? throw new DomainException(DeliveryErrors.NotAssigned);
            log.Append<Delivery, DeliveryEvent>(delivery.Id.Value, delivery.Unassign(command.Reason, now));
            return new Committed(log.Version(delivery.Id.Value));
        },
        cancellationToken);
}
