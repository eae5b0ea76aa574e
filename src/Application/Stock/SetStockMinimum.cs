using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>At or below this, stock is low (STK-02). Errors: not_found (404), location_retired (409), stale_version (412), invalid_quantity (422).</summary>
/// <param name="LocationId">Null: the default location.</param>
public sealed record SetStockMinimum(VariantId VariantId, LocationId? LocationId, int? ExpectedVersion, decimal Minimum) : IRequest<Committed>;

internal sealed class SetStockMinimumHandler(ILane lane, IAggregates aggregates, TimeProvider clock) : IRequestHandler<SetStockMinimum, Committed>
{
    public Task<Committed> Handle(SetStockMinimum command, CancellationToken cancellationToken) => lane.ChangeStock(
        aggregates, clock, command.VariantId, command.LocationId, command.ExpectedVersion, (item, now) => item.SetMinimum(command.Minimum, now), cancellationToken);
}
