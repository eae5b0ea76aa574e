using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>A provider tells of a payment by the name that it has there. Nothing follows where it is none of ours: a business is paid elsewhere too.</summary>
public sealed record RecordProviderReport(string Provider, string Reference, PaymentReport Report) : IRequest<Committed>;

internal sealed class RecordProviderReportHandler(IAggregates aggregates, ILane lane, IReadStore reads) : IRequestHandler<RecordProviderReport, Committed>
{
    public async Task<Committed> Handle(RecordProviderReport command, CancellationToken cancellationToken)
    {
        var payment = await PaymentView.AtProvider(reads, command.Provider, command.Reference, cancellationToken);
        return payment is null ? new(0) : await lane.Step(aggregates, payment.PaymentId, command.Report.Decide, cancellationToken);
    }
}
