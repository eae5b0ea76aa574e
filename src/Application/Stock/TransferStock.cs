using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>
/// Goods go from one location to another (STK-07), all lines in one commit or none; the same transfer again does nothing. Errors: not_found (404), already_exists for another
/// transfer with this id, location_retired (409), same_location, named_twice, out_of_stock, not_tracked, cost_too_high, invalid_quantity (422), each with the place of what is wrong.
/// </summary>
/// <param name="Reference">What people call it.</param>
public sealed record TransferStock(TransferId TransferId, LocationId From, LocationId To, IReadOnlyList<TransferLine> Lines, string? Reference) : IRequest<Transferred>;

public sealed record TransferLine(VariantId VariantId, decimal Quantity);

public sealed record Transferred(TransferId TransferId, LocationId From, LocationId To, TransferredLine[] Lines, string? Reference, int Version) : Committed(Version)
{
    internal static Transferred Of(StockTransfer transfer, int version) => new(transfer.Id, transfer.From, transfer.To, transfer.Lines, transfer.Reference, version);
}

internal sealed class TransferStockValidator : AbstractValidator<TransferStock>
{
    public TransferStockValidator()
    {
        RuleFor(c => c.Lines).Must(lines => lines.Count is > 0 and <= StockTransfer.MaxLines).WithErrorCode("lines_invalid").WithMessage($"1 to {StockTransfer.MaxLines} lines.");
        RuleFor(c => c.Reference).MaximumLength(200);
    }
}

internal sealed class TransferStockHandler(ILane lane) : IRequestHandler<TransferStock, Transferred>
{
    public Task<Transferred> Handle(TransferStock command, CancellationToken cancellationToken)
    {
        var (from, to) = (LocationId.Further(command.From.Value), LocationId.Further(command.To.Value));
        var variants = command.Lines.Select(line => line.VariantId).Distinct().ToArray();
        return lane.Run(
            streams => streams.Of<StockTransfer>(command.TransferId.Value).OfLocation(from).OfLocation(to).OfStock(from, variants).OfStock(to, variants),
            (log, now) =>
            {
                var id = command.TransferId.Value;
                if (log.Find<StockTransfer>(id) is { } made)
                {
                    Check.That(
                        made.Is(command.From, command.To, command.Lines.Select(line => (line.VariantId, line.Quantity)), command.Reference),
                        DomainError.AlreadyExists("transfer") with { Place = "/id" });
                    return Transferred.Of(made, log.Version(id));
                }

                log.RequireLocation(from, "/from");
                log.RequireLocation(to, "/to");
                CheckShape(command);
                TransferredLine[] lines = [.. command.Lines.Select((line, i) => Move(log, command, line, i, from, to, now))];
                log.Append<StockTransfer, StockTransferEvent>(id, StockTransfer.Make(command.TransferId, command.From, command.To, lines, command.Reference, now));
                return Transferred.Of(log.Get<StockTransfer>(id), log.Version(id));
            },
            cancellationToken);
    }

    private static TransferredLine Move(ILaneLog log, TransferStock command, TransferLine line, int i, LocationId? from, LocationId? to, DateTimeOffset now)
    {
        var here = log.FindStock(line.VariantId, from, now) ?? throw new DomainException(DomainError.NotFound("stock item") with { Place = $"/lines/{i}/variant_id" });
        var there = log.GetStock(line.VariantId, to, now);
        log.AppendStock(here, StockLane.DecidedAt($"/lines/{i}/quantity", () => here.TransferOut(command.TransferId, line.Quantity, command.Reference, now)), now);
        log.AppendStock(there, StockLane.DecidedAt($"/lines/{i}/quantity", () => there.TransferIn(command.TransferId, here, line.Quantity, command.Reference, now)), now);
        return new(line.VariantId, line.Quantity, here.CostOf(line.Quantity));
    }

    private static void CheckShape(TransferStock command)
    {
        Check.That(command.From != command.To, LocationErrors.SameLocation);
        var named = new HashSet<VariantId>();
        foreach (var (i, line) in command.Lines.Index())
        {
            Check.That(named.Add(line.VariantId), StockErrors.NamedTwice with { Place = $"/lines/{i}/variant_id" });
            Check.That(Quantities.IsPositive(line.Quantity), StockErrors.InvalidQuantity(line.Quantity) with { Place = $"/lines/{i}/quantity" });
        }
    }
}
