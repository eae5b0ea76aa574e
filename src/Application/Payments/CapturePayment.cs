using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>Takes what is held for an order that the business has taken on. Does nothing where nothing is held, or the order is given up meanwhile.</summary>
[Message("payment.capture", Queues.Payments)]
public sealed record CapturePayment(OrderId OrderId) : IRequest<Committed>;

internal sealed class CapturePaymentHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers) : IRequestHandler<CapturePayment, Committed>
{
    public async Task<Committed> Handle(CapturePayment command, CancellationToken cancellationToken)
    {
        var id = Payment.IdFor(command.OrderId);
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is not { State: { State: PaymentState.Authorized } payment }
            || await aggregates.Find<Order, OrderEvent>(command.OrderId.Value, cancellationToken) is not { State: { IsGivenUp: false } order })
        {
            return new(0);
        }

        var report = await (await providers.Of(payment, cancellationToken)).Capture(payment.Reference, order.Held ?? payment.Amount, $"{id}/capture", cancellationToken);
        return await lane.Step(aggregates, id, report.Decide, cancellationToken);
    }
}
