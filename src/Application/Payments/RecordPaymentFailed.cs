using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// The provider reports that it refused; the order goes on waiting, because the customer may try again.
/// <paramref name="Reason"/> is the provider's code. Errors: not_found (404).
/// </summary>
public sealed record RecordPaymentFailed(PaymentId PaymentId, string Reason) : IRequest<Committed>;

internal sealed class RecordPaymentFailedValidator : AbstractValidator<RecordPaymentFailed>
{
    public RecordPaymentFailedValidator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(100);
}

internal sealed class RecordPaymentFailedHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RecordPaymentFailed, Committed>
{
    public Task<Committed> Handle(RecordPaymentFailed command, CancellationToken cancellationToken) => aggregates.Update<Payment, PaymentEvent>(
        command.PaymentId.Value, expectedVersion: null, payment => payment.Fail(command.Reason, clock.GetUtcNow()), cancellationToken);
}
