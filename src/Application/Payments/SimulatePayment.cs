using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Lets the simulated provider of a test tenant report what became of an order's payment: refused for
/// <paramref name="FailureReason"/>, or else authorized. Errors: not_found (404) for a live tenant and an unknown order;
/// payment_not_initiated (409) for an order that is not paid there.
/// </summary>
public sealed record SimulatePayment(OrderId OrderId, string? FailureReason = null) : IRequest<Committed>;

internal sealed class SimulatePaymentHandler(ITenantContext tenant, ITenantScopes scopes, IAggregates aggregates) : IRequestHandler<SimulatePayment, Committed>
{
    public async Task<Committed> Handle(SimulatePayment command, CancellationToken cancellationToken)
    {
        if (!tenant.IsSandbox || await aggregates.Find<Order, OrderEvent>(command.OrderId.Value, cancellationToken) is null)
        {
            throw new DomainException(DomainError.NotFound("order"));
        }

        // the message that does this may not have run yet, and then has nothing left to do
        await scopes.Send(tenant.Tenant, new InitiatePayment(command.OrderId), cancellationToken);
        var id = Payment.IdFor(command.OrderId);
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is null)
        {
            throw new DomainException(PaymentErrors.NotInitiated);
        }

        return await scopes.Send<Committed>(
            tenant.Tenant, command.FailureReason is { } reason ? new RecordPaymentFailed(id, reason) : new RecordPaymentAuthorized(id), cancellationToken);
    }
}
