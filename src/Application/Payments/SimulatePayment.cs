using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Lets the simulated provider of a test tenant report what became of an order's payment: that it is authorized, or else
/// <paramref name="Report"/>. Errors: not_found (404) for a live tenant and an unknown order;
/// payment_not_initiated (409) for an order that is not paid there.
/// </summary>
public sealed record SimulatePayment(OrderId OrderId, PaymentReport? Report = null) : IRequest<Committed>;

internal sealed class SimulatePaymentValidator : AbstractValidator<SimulatePayment>
{
    private const int LongestReason = 100;

    public SimulatePaymentValidator() => RuleFor(c => c.Report).Must(report => report is not PaymentReport.Declined { Reason: var reason } || Check.IsText(reason, LongestReason))
        .WithErrorCode("reason_invalid").WithMessage($"A reason is 1 to {LongestReason} characters.").OverridePropertyName("reason");
}

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

        return await scopes.Send(tenant.Tenant, new RecordPaymentReport(id, command.Report ?? new PaymentReport.Authorized()), cancellationToken);
    }
}
