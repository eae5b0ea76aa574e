using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Pays an order with the saved method that its customer has chosen (CUS-04). Does nothing where the payment is not open any more. Where the method cannot be had
/// (<c>payment_method_unusable</c>), or is declined, the payment has failed as any other and the customer may try again.
/// </summary>
[Message("payment.pay_with_saved_method", Queues.Payments)]
public sealed record PayWithSavedMethod(OrderId OrderId) : IRequest<Committed>;

internal sealed class PayWithSavedMethodHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers, SavedMethods methods) : IRequestHandler<PayWithSavedMethod, Committed>
{
    public async Task<Committed> Handle(PayWithSavedMethod command, CancellationToken cancellationToken)
    {
        var id = Payment.IdFor(command.OrderId);
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is not { State: { State: PaymentState.Pending } payment })
        {
            return new(0);
        }

        var provider = await providers.Of(payment, cancellationToken);
        var method = (await methods.Of(command.OrderId, provider, cancellationToken))?.Method;
        var report = method is not null && provider is IMethodKeeper keeper
            ? await keeper.PayWith(payment.Reference, method, $"{id}/confirm", cancellationToken)
            : new PaymentReport.Declined("payment_method_unusable");
        return report is null ? new(0) : await lane.Step(aggregates, id, report.Decide, cancellationToken);
    }
}
