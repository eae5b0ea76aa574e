using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>At or below this, stock is low (STK-02). Errors: not_found (404), stale_version (412), invalid_quantity (422).</summary>
public sealed record SetStockMinimum(VariantId VariantId, int? ExpectedVersion, decimal Minimum) : IRequest<Committed>;

internal sealed class SetStockMinimumHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<SetStockMinimum, Committed>
{
    public Task<Committed> Handle(SetStockMinimum command, CancellationToken cancellationToken) => aggregates.Update<StockItem, StockEvent>(
        command.VariantId.Value, command.ExpectedVersion, item => item.SetMinimum(command.Minimum, clock.GetUtcNow()), cancellationToken);
}
