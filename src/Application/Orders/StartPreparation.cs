using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>The goods are being made or packed.</summary>
public sealed record StartPreparation(OrderId OrderId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class StartPreparationHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<StartPreparation, Committed>
{
    public Task<Committed> Handle(StartPreparation command, CancellationToken cancellationToken) => aggregates.Update<Order, OrderEvent>(
        command.OrderId.Value, command.ExpectedVersion, order => order.StartPreparation(clock.GetUtcNow()), cancellationToken);
}
