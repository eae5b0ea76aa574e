using System.Text.Json;
using FluentValidation;
using Mainstreet.Application.Drivers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>
/// The driver's next step (DRV-09). What it means for the order and its goods is in the same commit: picked up, the goods
/// leave the stock; delivered, the order is handed over and its cash recorded. Errors: not_found (404), stale_version (412);
/// illegal_transition, order_not_ready (409) with the statuses that are possible; proof_required, cash_due (422);
/// failure_reason_missing (400).
/// </summary>
public sealed record AdvanceDelivery(DeliveryId DeliveryId, DeliveryStatus To, DeliveryFailure? Reason = null, string? Note = null, int? ExpectedVersion = null)
    : DriverCommand(DeliveryId);

internal sealed class AdvanceDeliveryValidator : AbstractValidator<AdvanceDelivery>
{
    public AdvanceDeliveryValidator() => RuleFor(c => c.Note).MaximumLength(500);
}

internal sealed class AdvanceDeliveryHandler(ILane lane, IAggregates aggregates, ITenantContext context, TimeProvider clock)
    : IRequestHandler<AdvanceDelivery, Committed>
{
    public Task<Committed> Handle(AdvanceDelivery command, CancellationToken cancellationToken) =>
        command.To is DeliveryStatus.PickedUp or DeliveryStatus.Delivered or DeliveryStatus.Failed
            ? WithOrder(command, cancellationToken)
            : aggregates.Update<Delivery, DeliveryEvent>(
                command.DeliveryId.Value, command.ExpectedVersion,
                delivery => delivery.Advance(command.To, context.Driver(), clock.GetUtcNow(), command.Reason, command.Note), cancellationToken);

    private async Task<Committed> WithOrder(AdvanceDelivery command, CancellationToken cancellationToken)
    {
        var id = command.DeliveryId.Value;
        var found = await aggregates.Find<Delivery, DeliveryEvent>(id, cancellationToken) ?? throw new DomainException(DeliveryErrors.NotFound);
        var order = await aggregates.Find<Order, OrderEvent>(found.State.OrderId.Value, cancellationToken) ?? throw new DomainException(DeliveryErrors.NotFound);
        return await lane.Run(
            streams => streams.Of<Delivery>(id).OfOrder(order.State),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                var delivery = log.Get<Delivery>(id);
                var steps = delivery.Advance(command.To, context.Driver(), now, command.Reason, command.Note);
                log.Append<Delivery, DeliveryEvent>(id, steps);
                foreach (var step in steps)
                {
                    log.AppendOrder(delivery.OrderId, now, OrderSteps(step, log.Get<Order>(delivery.OrderId.Value), delivery));
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    /// <summary>A failure before the goods were picked up is none of the order's: another driver can fetch it.</summary>
    private static OrderEvent[] OrderSteps(DeliveryEvent step, Order order, Delivery delivery) => step switch
    {
        DeliveryPickedUp when order.Status != OrderStatus.Ready => throw new DomainException(DeliveryErrors.OrderNotReady(Name(order.Status))),
        DeliveryPickedUp pickedUp => order.HandToDriver(delivery.Id, pickedUp.DriverId, pickedUp.At),
        DeliveryCompleted completed => order.CompleteDelivery(delivery.CashToCollect, completed.At), // what was given on top pays no order
        DeliveryFailed failed when order.Status == OrderStatus.OutForDelivery => order.FailDelivery(Name(failed.Reason), failed.At),
        _ => [],
    };

    private static string Name<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
