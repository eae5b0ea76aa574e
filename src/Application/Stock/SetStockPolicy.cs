using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>Whether more may be sold than there is. Errors: not_found (404), stale_version (412).</summary>
public sealed record SetStockPolicy(VariantId VariantId, int? ExpectedVersion, StockPolicy Policy) : IRequest<Committed>;

internal sealed class SetStockPolicyHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<SetStockPolicy, Committed>
{
    public Task<Committed> Handle(SetStockPolicy command, CancellationToken cancellationToken) => aggregates.Update<StockItem, StockEvent>(
        command.VariantId.Value, command.ExpectedVersion, item => item.SetPolicy(command.Policy, clock.GetUtcNow()), cancellationToken);
}
