using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Gives back what was paid, or closes what was not, for an order that will not be fulfilled (PAY-10): what is captured already is refunded. Does nothing
/// where there is no payment, or no money in it.
/// </summary>
[Message("payment.release", Queues.Payments)]
public sealed record ReleasePayment(OrderId OrderId) : IRequest<Committed>;

internal sealed class ReleasePaymentHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers) : IRequestHandler<ReleasePayment, Committed>
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
        var report = payment.IsCaptured ? null : await (await providers.Of(payment, cancellationToken)).Release(payment.Reference, $"{id}/release/{version}", cancellationToken);
        return await lane.Step(aggregates, id, (current, now) => GiveBack(current, report?.Decide(current, now) ?? [], now), cancellationToken);
    }

    /// <summary>The provider may have been asked to capture it at the same time.</summary>
    private static PaymentEvent[] GiveBack(Payment payment, PaymentEvent[] reported, DateTimeOffset now) =>
        [.. reported, .. reported.Aggregate(payment, Payment.Evolve).RefundRest(now)];
}
