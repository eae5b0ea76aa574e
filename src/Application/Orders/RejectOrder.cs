using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>The business does not take the order on; what was reserved is free again.</summary>
public sealed record RejectOrder(OrderId OrderId, string Reason, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class RejectOrderValidator : AbstractValidator<RejectOrder>
{
    public RejectOrderValidator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
}

internal sealed class RejectOrderHandler(ILane lane, IAggregates aggregates) : IRequestHandler<RejectOrder, Committed>
{
    public Task<Committed> Handle(RejectOrder command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, command.ExpectedVersion, (order, now) => order.Reject(command.Reason, now), cancellationToken);
}
