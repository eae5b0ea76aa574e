using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// With what the customer of an order pays: asked of the provider, and kept nowhere. Errors: not_found (404); payment_not_initiated (409), also for a
/// moment after the order was placed.
/// </summary>
public sealed record GetPaymentPage(OrderId OrderId, string Token) : IRequest<PaymentPage>;

/// <param name="PayUrl">Where the customer pays; null where the storefront's own page does it with <paramref name="Form"/>, or nothing is to be paid.</param>
public sealed record PaymentPage(PaymentState Status, string Provider, string? PayUrl, PaymentForm? Form);

internal sealed class GetPaymentPageHandler(IMediator mediator, IAggregates aggregates, IPaymentProviders providers) : IRequestHandler<GetPaymentPage, PaymentPage>
{
    public async Task<PaymentPage> Handle(GetPaymentPage query, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new TrackOrder(query.OrderId, query.Token), cancellationToken);
        var payment = detail.Payment ?? throw new DomainException(PaymentErrors.NotInitiated);
        return payment.Status is PaymentState.Pending or PaymentState.Failed && detail.Order.Status is OrderStatus.AwaitingPayment
            ? new(payment.Status, payment.Provider, payment.PayUrl, await Form(payment, cancellationToken))
            : new(payment.Status, payment.Provider, PayUrl: null, Form: null);
    }

    private async Task<PaymentForm?> Form(PaymentView payment, CancellationToken cancellationToken)
    {
        var begun = (await aggregates.Find<Payment, PaymentEvent>(payment.PaymentId.Value, cancellationToken))!.State;
        return await (await providers.Of(begun, cancellationToken)).Form(begun.Reference, cancellationToken);
    }
}
