using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;

namespace Mainstreet.Application.Payouts;

/// <summary>One step of one payout, committed together with what it means for the accounts.</summary>
internal static class PayoutSteps
{
    /// <summary>Errors: not_found (404), stale_version (412), and what <paramref name="decide"/> refuses.</summary>
    public static async Task<Committed> Step(
        this ILane lane, IAggregates aggregates, ITenantContext tenant, PayoutId id, int? expectedVersion, Func<Payout, PayoutTerms, DateTimeOffset, PayoutEvent[]> decide,
        CancellationToken cancellationToken)
    {
        var loaded = await aggregates.Find<Payout, PayoutEvent>(id.Value, cancellationToken) ?? throw new DomainException(PayoutErrors.NotFound);
        var book = await LedgerStreams.Of(aggregates, tenant, loaded.State.Net.Currency, cancellationToken);
        return await lane.Run(
            streams => book.Name(streams).Of<Payout>(id.Value),
            (log, now) =>
            {
                log.Expect(id.Value, expectedVersion);
                var payout = log.Get<Payout>(id.Value);
                var ledger = new LedgerBook(log, book);
                var events = decide(payout, log.Find<PayoutTerms>(PayoutTerms.Stream) ?? PayoutTerms.Default, now);
                log.Append<Payout, PayoutEvent>(id.Value, events);
                foreach (var e in events)
                {
                    ledger.Follow(e, now);
                }

                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}
