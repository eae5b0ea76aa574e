using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Has the provider give back what was asked for. Under the refund's own id, so an attempt that was killed behind it is met and not repeated. What the
/// provider does not finish at once it reports later, and is asked for until then; what it has not finished after a day and a half is a dead letter, for people to look at.
/// </summary>
/// <param name="Again">How often it was asked for again.</param>
[Message("payment.refund", Queues.Payments)]
public sealed record ExecuteRefund(PaymentId PaymentId, RefundId RefundId, int Again = 0) : IRequest<Committed>;

internal sealed class ExecuteRefundHandler(IAggregates aggregates, ILane lane, IPaymentProviders providers) : IRequestHandler<ExecuteRefund, Committed>
{
    public async Task<Committed> Handle(ExecuteRefund command, CancellationToken cancellationToken)
    {
        var id = command.PaymentId;
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is not { State: var payment }
            || payment.Find(command.RefundId) is not { State: RefundState.Pending } refund)
        {
            return new(0);
        }

        var report = await (await providers.Of(payment, cancellationToken)).Refund(new(payment.Reference, refund.Id, refund.Amount), cancellationToken);
        return report is not null ? await lane.Step(aggregates, id, report.Decide, cancellationToken)
            : command.Again < AskAgain.Most ? await lane.AskLater(id, command.Again, $"payment-refund:{command.RefundId}", command with { Again = command.Again + 1 }, cancellationToken)
            : throw new DomainException(PaymentErrors.RefundUnfinished);
    }
}
