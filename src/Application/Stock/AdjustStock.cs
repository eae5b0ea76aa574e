using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Corrects the level up or down. Errors: not_found (404), stale_version (412), out_of_stock when too little would be left for
/// what orders were promised, invalid_quantity (422).
/// </summary>
/// <param name="Reason">Why, such as breakage.</param>
public sealed record AdjustStock(VariantId VariantId, int? ExpectedVersion, decimal Delta, string Reason) : IRequest<Committed>;

internal sealed class AdjustStockValidator : AbstractValidator<AdjustStock>
{
    public AdjustStockValidator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(200);
}

internal sealed class AdjustStockHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<AdjustStock, Committed>
{
    public Task<Committed> Handle(AdjustStock command, CancellationToken cancellationToken) => aggregates.Update<StockItem, StockEvent>(
        command.VariantId.Value, command.ExpectedVersion, item => item.Adjust(command.Delta, command.Reason, clock.GetUtcNow()), cancellationToken);
}
