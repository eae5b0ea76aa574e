using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>Takes the step that leads to a status (C25); what a driver or a payment does is not for the business to say.</summary>
public sealed record ChangeOrderStatus(
    OrderId OrderId, OrderStatus Status, DateTimeOffset? PromisedAt = null, string? Reason = null, Money? CashCollected = null, int? ExpectedVersion = null)
    : IRequest<Committed>;

internal sealed class ChangeOrderStatusValidator : AbstractValidator<ChangeOrderStatus>
{
    public ChangeOrderStatusValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().When(c => c.Status is OrderStatus.Rejected or OrderStatus.Canceled);
        RuleFor(c => c.Reason).MaximumLength(500);
    }
}

internal sealed class ChangeOrderStatusHandler(ILane lane, IAggregates aggregates) : IRequestHandler<ChangeOrderStatus, Committed>
{
    public Task<Committed> Handle(ChangeOrderStatus command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, command.ExpectedVersion, (order, now) => Decide(command, order, now), cancellationToken);

    public static OrderEvent[] Decide(ChangeOrderStatus command, Order order, DateTimeOffset now) => command.Status switch
    {
        OrderStatus.Confirmed => order.Confirm(command.PromisedAt, now),
        OrderStatus.Rejected => order.Reject(command.Reason!, now),
        OrderStatus.Preparing => order.StartPreparation(now),
        OrderStatus.Ready when order.Status == OrderStatus.DeliveryFailed => order.RequestRedelivery(now),
        OrderStatus.Ready => order.MarkReady(now),
        OrderStatus.Delivered => order.Collect(command.CashCollected, now),
        OrderStatus.Completed => order.Close(now),
        OrderStatus.Canceled => order.Cancel(CanceledBy.Business, command.Reason!, now),
        OrderStatus.Returned => order.ReturnToStore(now),
        OrderStatus.AwaitingPayment or OrderStatus.Pending or OrderStatus.OutForDelivery or OrderStatus.DeliveryFailed =>
            order.Status == command.Status ? [] : throw order.Illegal("change_status"),
    };
}
