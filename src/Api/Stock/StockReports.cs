using Mainstreet.Application.Stock;
using Mainstreet.Domain;

namespace Mainstreet.Api.Stock;

/// <summary>What the goods on the shelves cost, those that are sold no more too.</summary>
/// <param name="Variants">Of how many there is something.</param>
/// <param name="WithoutCost">How many of them count for nothing, because no receipt has named a cost.</param>
/// <param name="ByCategory">The highest value first.</param>
/// <param name="AsOf">When the numbers were read, by the business's clock.</param>
internal sealed record StockValuationBody(Money Value, int Variants, int WithoutCost, IReadOnlyList<CategoryValueBody> ByCategory, DateTimeOffset AsOf)
{
    public static StockValuationBody Of(StockValuation valuation) => new(
        new(valuation.Value, valuation.Currency), valuation.Variants, valuation.WithoutCost,
        [.. valuation.ByCategory.Select(part => new CategoryValueBody(part.CategoryId?.Value, part.Name, new(part.Value, valuation.Currency), part.Variants, part.WithoutCost))],
        valuation.AsOf);
}

/// <param name="CategoryId">Absent for what has no category.</param>
internal sealed record CategoryValueBody(Guid? CategoryId, string? Name, Money Value, int Variants, int WithoutCost);

/// <summary>Goods that become others.</summary>
/// <param name="Inputs">1 to 50.</param>
/// <param name="Outputs">1 to 50, none of them among the inputs.</param>
/// <param name="Reference">What people call it.</param>
/// <param name="LocationId">Where all of it is; left out: at the default location.</param>
internal sealed record ProduceStockRequest(ProductionInputRequest[] Inputs, ProductionOutputRequest[] Outputs, string? Reference = null, Guid? LocationId = null);

/// <param name="Quantity">Above zero, at most 3 decimals.</param>
internal sealed record ProductionInputRequest(Guid VariantId, decimal Quantity);

/// <param name="Quantity">Above zero, at most 3 decimals.</param>
/// <param name="Weight">How much more of the cost one of it carries than one of another with a weight of 1; 0 for what is left over.</param>
internal sealed record ProductionOutputRequest(Guid VariantId, decimal Quantity, decimal Weight = 1);

/// <param name="Cost">Of what went in; absent when that of something is not known.</param>
internal sealed record ProductionBody(Guid Id, Money? Cost, ProducedBody[] Outputs);

/// <param name="Cost">Of all of it.</param>
internal sealed record ProducedBody(Guid VariantId, decimal Quantity, Money? Cost);
