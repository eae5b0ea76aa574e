using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// A period is over: what was posted in it is added up, and what is to be paid waits for an operator (PAY-05). Early, or a second time, it does nothing. Who
/// has closed a business is paid all the same.
/// </summary>
[Message("payout.close", purpose: Purpose.Erase)]
public sealed record ClosePayout(PayoutId PayoutId) : IRequest<Committed>;

internal sealed class ClosePayoutHandler(IAggregates aggregates, ILane lane, ITenantContext tenant) : IRequestHandler<ClosePayout, Committed>
{
    public static string DedupeKey(PayoutId id) => $"payout.close/{id}";

    public async Task<Committed> Handle(ClosePayout command, CancellationToken cancellationToken)
    {
        var id = command.PayoutId;
        if (await aggregates.Find<Payout, PayoutEvent>(id.Value, cancellationToken) is not { State: { Status: PayoutStatus.Accruing } payout })
        {
            return new(0);
        }

        var book = await LedgerStreams.Of(aggregates, tenant, payout.Net.Currency, cancellationToken);
        return await lane.Run(
            streams => book.Name(streams).Of<Payout>(id.Value),
            (log, now) =>
            {
                new LedgerBook(log, book).Close(id, now);
                if (log.Get<Payout>(id.Value) is { Status: PayoutStatus.Accruing, Subject.Period.Until: var until })
                {
                    log.Schedule(command, until, DedupeKey(id)); // somebody has run it early
                }

                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}
