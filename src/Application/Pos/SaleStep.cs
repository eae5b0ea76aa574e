using Mainstreet.Domain;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>One step of one sale, in a session that is open, committed together with what it means for stock and till.</summary>
internal static class SaleStep
{
    /// <summary>Errors: not_found (404), session_closed (409), stale_version (412), and what <paramref name="decide"/> refuses.</summary>
    public static async Task<SaleReceipt> Step(
        this ILane lane, IReadStore reads, IAggregates aggregates, ITenantContext tenant, SaleId id, RegisterSessionId sessionId, int? expectedVersion,
        Func<ILaneLog, Sale, RegisterSession, DateTimeOffset, SaleEvent[]> decide, CancellationToken cancellationToken)
    {
        var sale = await aggregates.Find<Sale, SaleEvent>(id.Value, cancellationToken) ?? throw new DomainException(DomainError.NotFound("sale"));
        var facts = await TillFacts.OfSessions(reads, [sessionId, sale.State.SessionId], cancellationToken);
        Check.That(facts.Knows(sessionId), TillErrors.SessionUnknown);
        return await lane.Run(
            streams => facts.AddStock(facts.AddTo(streams, tenant.Tenant), [.. SaleLine.Demand(sale.State.Lines).Select(needed => needed.VariantId)])
                .Of<Sale>(id.Value).Of<RegisterSession>(sale.State.SessionId.Value),
            (log, now) =>
            {
                log.Expect(id.Value, expectedVersion);
                var (present, session) = (log.Get<Sale>(id.Value), log.Get<RegisterSession>(sessionId.Value));
                session.CheckOpen();
                log.AppendSale(id, session, present.TaxIncluded, decide(log, present, session, now), now);
                var after = log.Get<Sale>(id.Value);
                if (after.SessionId != session.Id && after.Due.Amount == 0)
                {
                    log.Append<RegisterSession, RegisterSessionEvent>(after.SessionId.Value, log.Get<RegisterSession>(after.SessionId.Value).Settle(id, now));
                }

                return SaleReceipt.Of(after, log.Version(id.Value));
            },
            cancellationToken);
    }
}
