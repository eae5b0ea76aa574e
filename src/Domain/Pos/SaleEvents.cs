using System.Text.Json.Serialization;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Pos;

public abstract record SaleEvent : IEvent;

/// <summary>
/// <paramref name="BusinessDate"/> is the day of the sale in the business's timezone: its revenue counts on it, whenever goods come back.
/// </summary>
/// <param name="Due">What is still to be paid.</param>
[EventType("sale.rung_up.v1", Description = "Something was sold at a till. What is due may be paid later; a sale made offline says by which device and when.")]
public sealed record SaleRungUp(
    SaleId SaleId,
    string? ClientId,
    string Number,
    RegisterId RegisterId,
    RegisterSessionId SessionId,
    OrderChannel Channel,
    CustomerId? CustomerId,
    SaleLine[] Lines,
    Money Subtotal,
    Money Discount,
    Money Tax,
    bool TaxIncluded,
    Money Total,
    SalePayment[] Payments,
    Money Due,
    DateOnly BusinessDate,
    string? DiscountReason,
    string? Note,
    OfflineSale? Offline,
    DateTimeOffset At) : SaleEvent;

/// <param name="Differences">In what it differs from what the business would have asked: the device's prices and taxes are kept.</param>
public sealed record OfflineSale(string DeviceId, DateTimeOffset OccurredAt, OfflineDifference[] Differences);

public enum OfflineDifference
{
    Price,
    Tax,

    /// <summary>The device told its customer another total than its own prices add up to.</summary>
    Total,

    /// <summary>The product was archived in the meantime.</summary>
    NotOffered,

    /// <summary>Something was chosen that the business would have refused, or calls or prices otherwise.</summary>
    Choices,
}

/// <param name="Due">What is still to be paid.</param>
[EventType("sale.paid.v1", Description = "What was due of a sale was paid, or a part of it.")]
public sealed record SalePaid(
    SaleId SaleId, string Number, RegisterId RegisterId, RegisterSessionId SessionId, SalePayment[] Payments, Money Due, DateTimeOffset At) : SaleEvent;

/// <param name="BusinessDate">Of the sale.</param>
/// <param name="CustomerId">Of the sale, repeated here because a projection cannot look it up; events before customers' totals counted sales do not say it.</param>
[EventType("sale.voided.v1", Description = "A sale was undone in the session in which it was rung up; it no longer counts.")]
public sealed record SaleVoided(
    SaleId SaleId, string Number, RegisterId RegisterId, RegisterSessionId SessionId, string Reason, DateOnly BusinessDate, ReturnedLine[] Lines, Money Total,
    SalePayment[] Refunds, CustomerId? CustomerId, DateTimeOffset At) : SaleEvent;

/// <param name="BusinessDate">Of the sale.</param>
/// <param name="Complete">Nothing that was sold is left to be returned.</param>
/// <param name="CustomerId">As with <see cref="SaleVoided"/>.</param>
[EventType("sale.returned.v1", Description = "Goods of a sale came back, and what was paid for them was refunded; that part no longer counts.")]
public sealed record SaleReturned(
    SaleId SaleId, string Number, string ReturnNumber, RegisterId RegisterId, RegisterSessionId SessionId, string? Reason, DateOnly BusinessDate, ReturnedLine[] Lines,
    Money Total, SalePayment[] Refunds, Money Due, bool Complete, CustomerId? CustomerId, DateTimeOffset At) : SaleEvent;

/// <param name="Net">What it had cost after discounts.</param>
/// <param name="Restocked">It is on the shelf again.</param>
public sealed record ReturnedLine(
    int LineNo, ProductId ProductId, VariantId VariantId, decimal Quantity, Money Net, decimal TaxRatePercent, Money Tax, bool Restocked)
{
    /// <summary>What is not taxed any more, by rate: below zero.</summary>
    internal static TaxTotal[] Taxes(IEnumerable<ReturnedLine> lines, bool taxIncluded) =>
        TaxTotal.Sum(lines.Select(line => TaxTotal.Of(line.TaxRatePercent, -line.Net, -line.Tax, taxIncluded)));
}

[JsonSerializable(typeof(SaleRungUp))]
[JsonSerializable(typeof(SalePaid))]
[JsonSerializable(typeof(SaleVoided))]
[JsonSerializable(typeof(SaleReturned))]
internal sealed partial class SaleJson : JsonSerializerContext;
