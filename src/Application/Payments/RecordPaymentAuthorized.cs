using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// The provider reports that it holds the money: the order goes to the business. For an order that was given up meanwhile
/// the payment is recorded and then released (PAY-10). Repeats do nothing (PAY-09). Errors: not_found (404).
/// </summary>
public sealed record RecordPaymentAuthorized(PaymentId PaymentId) : IRequest<Committed>;

internal sealed class RecordPaymentAuthorizedHandler(IAggregates aggregates, ILane lane) : IRequestHandler<RecordPaymentAuthorized, Committed>
{
    public async Task<Committed> Handle(RecordPaymentAuthorized command, CancellationToken cancellationToken)
    {
        var id = command.PaymentId.Value;
        var loaded = await aggregates.Find<Payment, PaymentEvent>(id, cancellationToken) ?? throw new DomainException(DomainError.NotFound("payment"));
        var order = loaded.State.OrderId;
        return await lane.Run(
            streams => streams.Of<Payment>(id).Of<Order>(order.Value),
            (log, now) =>
            {
                var payment = log.Get<Payment>(id);
                var authorized = payment.Authorize(now);
                log.Append<Payment, PaymentEvent>(id, authorized);
                if (authorized.Length > 0)
                {
                    Settle(log, log.Get<Order>(order.Value), payment.Reference, now);
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    private static void Settle(ILaneLog log, Order order, string reference, DateTimeOffset now)
    {
        if (order.Status == OrderStatus.AwaitingPayment)
        {
            log.Append<Order, OrderEvent>(order.Id.Value, order.AuthorizePayment(reference, now));
        }
        else
        {
            log.Schedule(new ReleasePayment(order.Id), now);
        }
    }
}
