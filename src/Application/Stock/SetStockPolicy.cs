using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>Whether more may be sold than there is. Errors: not_found (404), location_retired (409), stale_version (412).</summary>
/// <param name="LocationId">Null: the default location.</param>
public sealed record SetStockPolicy(VariantId VariantId, LocationId? LocationId, int? ExpectedVersion, StockPolicy Policy) : IRequest<Committed>;

internal sealed class SetStockPolicyHandler(ILane lane, IAggregates aggregates, TimeProvider clock) : IRequestHandler<SetStockPolicy, Committed>
{
    public Task<Committed> Handle(SetStockPolicy command, CancellationToken cancellationToken) => lane.ChangeStock(
        aggregates, clock, command.VariantId, command.LocationId, command.ExpectedVersion, (item, now) => item.SetPolicy(command.Policy, now), cancellationToken);
}
