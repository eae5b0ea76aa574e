using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Goods become others in one commit (STK-05). Errors: location_retired (409), cost_too_high (422); not_found (404), out_of_stock, not_tracked, named_twice, invalid_quantity (422), each with the place of what is wrong.
/// </summary>
/// <param name="Inputs">What goes out, at its average cost.</param>
/// <param name="Outputs">What comes in, and costs what went out.</param>
/// <param name="Reference">What people call it.</param>
/// <param name="LocationId">Where all of it is; null: the default location.</param>
public sealed record ProduceStock(IReadOnlyList<ProductionInput> Inputs, IReadOnlyList<ProductionOutput> Outputs, string? Reference, LocationId? LocationId = null) : IRequest<Produced>
{
    public const int MaxEach = 50;
}

public sealed record ProductionInput(VariantId VariantId, decimal Quantity);

/// <param name="Weight">How much more of the cost one of it carries than one of another with a weight of 1.</param>
public sealed record ProductionOutput(VariantId VariantId, decimal Quantity, decimal Weight);

/// <param name="Cost">Of what went in; null when that of something is not known.</param>
/// <param name="Outputs">What each output cost, in the order of the command.</param>
public sealed record Produced(ProductionId ProductionId, Money? Cost, Money?[] Outputs) : Committed(Version: 0);

internal sealed class ProduceStockValidator : AbstractValidator<ProduceStock>
{
    public ProduceStockValidator()
    {
        RuleFor(c => c.Inputs).Must(inputs => inputs.Count is > 0 and <= ProduceStock.MaxEach).WithMessage($"1 to {ProduceStock.MaxEach}.");
        RuleFor(c => c.Outputs).Must(outputs => outputs.Count is > 0 and <= ProduceStock.MaxEach).WithMessage($"1 to {ProduceStock.MaxEach}.");
        RuleForEach(c => c.Outputs).ChildRules(output => output.RuleFor(o => o.Weight)
            .Must(weight => weight is >= 0 and <= Production.MaxWeight && decimal.Round(weight, 3) == weight).WithMessage($"0 to {Production.MaxWeight}, with at most 3 decimals."));
        RuleFor(c => c.Outputs).Must(outputs => outputs.Any(output => output.Weight > 0)).WithMessage("One of the weights is above zero.");
        RuleFor(c => c.Reference).MaximumLength(200);
    }
}

internal sealed class ProduceStockHandler(ILane lane, ITenantContext context) : IRequestHandler<ProduceStock, Produced>
{
    public Task<Produced> Handle(ProduceStock command, CancellationToken cancellationToken)
    {
        var production = new ProductionId(Uuid.Named("production", context.CommandId.ToString()));
        return lane.Run(
            streams => streams.OfStock(command.LocationId, command.Inputs.Select(input => input.VariantId)).OfStock(command.LocationId, command.Outputs.Select(output => output.VariantId))
                .OfLocation(command.LocationId).Of<BusinessProfile>(context.Tenant.Value),
            (log, now) =>
            {
                log.RequireLocation(command.LocationId);
                CheckShape(command);
                var inputs = command.Inputs.Select((input, i) => (Item: Known(input.VariantId, $"/inputs/{i}"), input.Quantity)).ToArray();
                var cost = Production.CostOf(inputs, log.Get<BusinessProfile>(context.Tenant.Value).Settings.Currency);
                Money?[] costs = cost is { } known
                    ? [.. Production.Spread(known, [.. command.Outputs.Select(output => (output.Quantity, output.Weight))]).Select(part => (Money?)part)]
                    : new Money?[command.Outputs.Count];
                foreach (var (i, (item, quantity)) in inputs.Index())
                {
                    Append(item, $"/inputs/{i}/quantity", () => item.Consume(production, quantity, command.Reference, now));
                }

                foreach (var (i, output) in command.Outputs.Index())
                {
                    var item = Known(output.VariantId, $"/outputs/{i}");
                    Append(item, $"/outputs/{i}/quantity", () => item.Produce(production, output.Quantity, costs[i], command.Reference, now));
                }

                return new Produced(production, cost, costs);

                StockItem Known(VariantId variant, string place) =>
                    log.FindStock(variant, command.LocationId, now) ?? throw new DomainException(DomainError.NotFound("stock item") with { Place = $"{place}/variant_id" });

                void Append(StockItem item, string place, Func<StockEvent[]> decide) => log.AppendStock(item, StockLane.DecidedAt(place, decide), now);
            },
            cancellationToken);
    }

    private static void CheckShape(ProduceStock command)
    {
        var named = new HashSet<VariantId>();
        var all = command.Inputs.Select((input, i) => (input.VariantId, input.Quantity, Place: $"/inputs/{i}"))
            .Concat(command.Outputs.Select((output, i) => (output.VariantId, output.Quantity, Place: $"/outputs/{i}")));
        foreach (var (variant, quantity, place) in all)
        {
            Check.That(named.Add(variant), StockErrors.NamedTwice with { Place = $"{place}/variant_id" });
            Check.That(Quantities.IsPositive(quantity), StockErrors.InvalidQuantity(quantity) with { Place = $"{place}/quantity" });
        }
    }
}
