using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>One step of one order, committed together with what it moves in stock.</summary>
internal static class OrderStep
{
    /// <summary>Errors: not_found (404), stale_version (412), and what <paramref name="decide"/> refuses.</summary>
    public static async Task<Committed> Step(
        this ILane lane, IAggregates aggregates, OrderId id, int? expectedVersion, Func<Order, DateTimeOffset, OrderEvent[]> decide,
        CancellationToken cancellationToken)
    {
        var order = await aggregates.Find<Order, OrderEvent>(id.Value, cancellationToken) ?? throw new DomainException(DomainError.NotFound("order"));
        return await lane.Run(
            streams => streams.OfOrder(order.State),
            (log, now) =>
            {
                log.Expect(id.Value, expectedVersion);
                log.AppendOrder(id, now, decide(log.Get<Order>(id.Value), now));
                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}
