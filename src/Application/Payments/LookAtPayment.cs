using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>Something has happened to a payment, and its provider is to be asked what. Nothing follows where it is none of ours.</summary>
public sealed record LookAtPayment(PaymentId PaymentId) : IRequest<Committed>;

/// <summary>The same, of the payment that the provider calls so.</summary>
public sealed record LookAtProviderPayment(string Provider, string Reference) : IRequest<Committed>;

/// <summary>
/// Asks the provider how a payment stands, for as long as it takes to reach it. What it tells of may stand there only later, and it tells it once: so it is asked
/// again and again for two days.
/// </summary>
/// <param name="Again">How often it was asked before.</param>
[Message("payment.look", Queues.Payments)]
public sealed record FindPaymentAtProvider(PaymentId PaymentId, int Again = 0) : IRequest<Committed>;

internal sealed class LookAtPaymentHandler(IAggregates aggregates, ILane lane, IReadStore reads, IPaymentProviders providers) :
    IRequestHandler<LookAtPayment, Committed>, IRequestHandler<LookAtProviderPayment, Committed>, IRequestHandler<FindPaymentAtProvider, Committed>
{
    public async Task<Committed> Handle(LookAtProviderPayment command, CancellationToken cancellationToken) =>
        await PaymentView.AtProvider(reads, command.Provider, command.Reference, cancellationToken) is { } payment ? await Handle(new LookAtPayment(payment.PaymentId), cancellationToken) : new(0);

    public Task<Committed> Handle(LookAtPayment command, CancellationToken cancellationToken)
    {
        var id = command.PaymentId.Value;
        return lane.Run(
            streams => streams.Of<Payment>(id),
            (log, now) =>
            {
                if (log.Find<Payment>(id) is not null)
                {
                    log.Schedule(new FindPaymentAtProvider(command.PaymentId), now);
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    public async Task<Committed> Handle(FindPaymentAtProvider command, CancellationToken cancellationToken)
    {
        var id = command.PaymentId;
        if (await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) is not { State: { } payment, Version: var version })
        {
            return new(0);
        }

        var report = await (await providers.Of(payment, cancellationToken)).Find(payment.Reference, cancellationToken);
        return report is not null ? await lane.Step(aggregates, id, report.Decide, cancellationToken)
            : payment.IsCaptured ? new(version)
            : await lane.AskLater(id, command.Again, $"payment-look:{id}", command with { Again = command.Again + 1 }, cancellationToken);
    }
}
