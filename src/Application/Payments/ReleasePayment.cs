using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Gives back what was paid, or closes what was not, for an order that will not be fulfilled (PAY-10). Does nothing where
/// there is no payment, or no money in it.
/// </summary>
[Message("payment.release", Queues.Payments)]
public sealed record ReleasePayment(OrderId OrderId) : IRequest<Committed>;

internal sealed class ReleasePaymentHandler(IAggregates aggregates, IPaymentProviders providers, TimeProvider clock) : IRequestHandler<ReleasePayment, Committed>
{
    public async Task<Committed> Handle(ReleasePayment command, CancellationToken cancellationToken)
    {
        var id = Payment.IdFor(command.OrderId);
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is not { State: var payment, Version: var version })
        {
            return new(0);
        }

        if (payment.State is PaymentState.Expired or PaymentState.Voided)
        {
            return new(version);
        }

        // of what was authorized after it had expired, the release is another request than the first
        await providers.Named(payment.Provider).Release(payment.Reference, $"{id}/release/{version}", cancellationToken);
        return await aggregates.Update<Payment, PaymentEvent>(id.Value, null, current => current.Release(clock.GetUtcNow()), cancellationToken);
    }
}
