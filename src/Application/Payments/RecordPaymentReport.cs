using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>
/// A provider says something of a payment: an order that awaited the money goes to the business; for one that was given up meanwhile it is recorded and
/// then goes back (PAY-10). Repeats do nothing. Errors: not_found (404).
/// </summary>
public sealed record RecordPaymentReport(PaymentId PaymentId, PaymentReport Report) : IRequest<Committed>;

internal sealed class RecordPaymentReportHandler(IAggregates aggregates, ILane lane) : IRequestHandler<RecordPaymentReport, Committed>
{
    public Task<Committed> Handle(RecordPaymentReport command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.PaymentId, command.Report.Decide, cancellationToken);
}
