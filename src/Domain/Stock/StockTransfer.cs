using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

/// <summary>
/// Goods that went from one location to another (STK-07): all of them in one commit, or none. It has a stream of its own, by which a repetition is known.
/// </summary>
public sealed record StockTransfer(TransferId Id, LocationId From, LocationId To, TransferredLine[] Lines, string? Reference) : IAggregate<StockTransfer, StockTransferEvent>
{
    public const int MaxLines = 100;

    /// <summary>Whether somebody asks for what was done.</summary>
    public bool Is(LocationId from, LocationId to, IEnumerable<(VariantId VariantId, decimal Quantity)> lines, string? reference) =>
        from == From && to == To && string.Equals(reference, Reference, StringComparison.Ordinal)
        && lines.SequenceEqual(Lines.Select(line => (line.VariantId, line.Quantity)));

    public static StockTransferEvent[] Make(TransferId id, LocationId from, LocationId to, TransferredLine[] lines, string? reference, DateTimeOffset now) =>
        [new StockTransferMade(id, from, to, lines, reference, now)];

    public static StockTransfer Evolve(StockTransfer? state, StockTransferEvent e) => (state, e) switch
    {
        (null, StockTransferMade made) => new(made.TransferId, made.From, made.To, made.Lines, made.Reference),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow a transfer."),
    };
}

/// <param name="Cost">Of all of it; null while none is known.</param>
public sealed record TransferredLine(VariantId VariantId, decimal Quantity, Money? Cost);

public abstract record StockTransferEvent : IEvent;

[EventType("stock_transfer.made.v1", Description = "Goods were brought from one location to another.")]
public sealed record StockTransferMade(TransferId TransferId, LocationId From, LocationId To, TransferredLine[] Lines, string? Reference, DateTimeOffset At) : StockTransferEvent;

[JsonSerializable(typeof(StockTransferMade))]
internal sealed partial class StockTransferJson : JsonSerializerContext;
