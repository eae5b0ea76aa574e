using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>What is really on the shelf (STK-06). Errors: not_found (404), location_retired (409), stale_version (412), counted_below_reserved, invalid_quantity (422).</summary>
/// <param name="LocationId">Null: the default location.</param>
public sealed record CountStock(VariantId VariantId, LocationId? LocationId, int? ExpectedVersion, decimal Counted) : IRequest<Committed>;

internal sealed class CountStockHandler(ILane lane, IAggregates aggregates, TimeProvider clock) : IRequestHandler<CountStock, Committed>
{
    public Task<Committed> Handle(CountStock command, CancellationToken cancellationToken) => lane.ChangeStock(
        aggregates, clock, command.VariantId, command.LocationId, command.ExpectedVersion, (item, now) => item.Count(command.Counted, now), cancellationToken);
}
