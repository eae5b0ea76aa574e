using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>A customer cancels until the order is confirmed, the business until it leaves (ORD-12); what was reserved is free again.</summary>
public sealed record CancelOrder(OrderId OrderId, CanceledBy By, string Reason, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class CancelOrderValidator : AbstractValidator<CancelOrder>
{
    public CancelOrderValidator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
}

internal sealed class CancelOrderHandler(ILane lane, IAggregates aggregates) : IRequestHandler<CancelOrder, Committed>
{
    public Task<Committed> Handle(CancelOrder command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, command.ExpectedVersion, (order, now) => order.Cancel(command.By, command.Reason, now), cancellationToken);
}
