using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Corrects the level up or down. Errors: not_found (404), location_retired (409), stale_version (412), out_of_stock when too little would be left for
/// what orders were promised, invalid_quantity (422).
/// </summary>
/// <param name="LocationId">Null: the default location.</param>
/// <param name="Reason">Why, such as breakage.</param>
public sealed record AdjustStock(VariantId VariantId, LocationId? LocationId, int? ExpectedVersion, decimal Delta, string Reason) : IRequest<Committed>;

internal sealed class AdjustStockValidator : AbstractValidator<AdjustStock>
{
    public AdjustStockValidator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(200);
}

internal sealed class AdjustStockHandler(ILane lane, IAggregates aggregates, TimeProvider clock) : IRequestHandler<AdjustStock, Committed>
{
    public Task<Committed> Handle(AdjustStock command, CancellationToken cancellationToken) => lane.ChangeStock(
        aggregates, clock, command.VariantId, command.LocationId, command.ExpectedVersion, (item, now) => item.Adjust(command.Delta, command.Reason, now), cancellationToken);
}
