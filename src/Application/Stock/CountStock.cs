using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>What is really on the shelf (STK-06). Errors: not_found (404), stale_version (412), counted_below_reserved, invalid_quantity (422).</summary>
public sealed record CountStock(VariantId VariantId, int? ExpectedVersion, decimal Counted) : IRequest<Committed>;

internal sealed class CountStockHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<CountStock, Committed>
{
    public Task<Committed> Handle(CountStock command, CancellationToken cancellationToken) => aggregates.Update<StockItem, StockEvent>(
        command.VariantId.Value, command.ExpectedVersion, item => item.Count(command.Counted, clock.GetUtcNow()), cancellationToken);
}
