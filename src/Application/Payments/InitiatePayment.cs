using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Opens the payment of an order that awaits it. Does nothing where the order does not (any more) or has one. An order that
/// was given up while the provider answered has its payment released at once. One whose customer chose a saved method is paid with that once the payment is known here:
/// money that is held by an answer that was lost would be nobody's.
/// </summary>
[Message("payment.initiate", Queues.Payments)]
public sealed record InitiatePayment(OrderId OrderId) : IRequest<Committed>;

internal sealed class InitiatePaymentHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers, SavedMethods methods) : IRequestHandler<InitiatePayment, Committed>
{
    public async Task<Committed> Handle(InitiatePayment command, CancellationToken cancellationToken)
    {
        var id = Payment.IdFor(command.OrderId);
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is { } present)
        {
            return new(present.Version);
        }

        if (await aggregates.Find<Order, OrderEvent>(command.OrderId.Value, cancellationToken) is not { State: { Status: OrderStatus.AwaitingPayment, PaymentDueBy: { } due } order })
        {
            return new(0);
        }

        var provider = await providers.For(order.Total.Currency, cancellationToken);
        var chosen = await methods.Of(order.Id, provider, cancellationToken);
        var session = await provider.Initiate(new(id, order.Id, order.Number, order.Total, due, chosen?.Method?.Customer), cancellationToken);
        return await lane.Run(
            streams => streams.Of<Payment>(id.Value).Of<Order>(order.Id.Value),
            (log, now) =>
            {
                if (log.Find<Payment>(id.Value) is null)
                {
                    var isAwaited = log.Get<Order>(order.Id.Value).Status == OrderStatus.AwaitingPayment;
                    log.Append<Payment, PaymentEvent>(
                        id.Value, Payment.Initiate(order.Id, order.Total, provider.Name, session.Reference, session.PayUrl, provider.Connection, now));
                    if (!isAwaited)
                    {
                        log.Schedule(new ReleasePayment(order.Id), now);
                    }
                    else if (chosen is not null)
                    {
                        log.Schedule(new PayWithSavedMethod(order.Id), now);
                    }
                }

                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}
