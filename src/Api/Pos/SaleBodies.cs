using Mainstreet.Application;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Api.Pos;

/// <summary>The sale as it stands after a step.</summary>
/// <param name="Due">What is still to be paid.</param>
/// <param name="Change">What the customer was given back.</param>
internal sealed record SaleReceiptBody(Guid Id, string Number, SaleStatus Status, Money Total, Money Due, Money Change, int Version)
{
    public static SaleReceiptBody Of(SaleReceipt receipt) =>
        new(receipt.SaleId.Value, receipt.Number, receipt.Status, receipt.Total, receipt.Due, receipt.Change, receipt.Version);
}

/// <param name="Taxes">By rate.</param>
/// <param name="Due">What is still to be paid.</param>
/// <param name="Offline">Where it was rung up offline: by which device and when, and in what it differs from what the business would have asked.</param>
/// <param name="SoldAt">By the clock of the till where it was offline.</param>
/// <param name="AllowedTransitions">The steps that are possible now.</param>
internal sealed record SaleBody(
    Guid Id,
    int Version,
    string? ClientId,
    string Number,
    Guid RegisterId,
    Guid SessionId,
    SaleStatus Status,
    PaymentStatus PaymentStatus,
    OrderChannel Channel,
    Guid? CustomerId,
    SaleLine[] Lines,
    SaleTotals Totals,
    TaxTotal[] Taxes,
    Money Due,
    SalePayment[] Payments,
    Money Refunded,
    SaleReturn[] Returns,
    DateOnly BusinessDate,
    string? DiscountReason,
    string? VoidReason,
    string? Note,
    OfflineSale? Offline,
    Actor SoldBy,
    string[] AllowedTransitions,
    DateTimeOffset SoldAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset UpdatedAt)
{
    public static SaleBody Of(SaleView sale) => new(
        sale.SaleId.Value, sale.Version, sale.ClientId, sale.Number, sale.RegisterId.Value, sale.SessionId.Value, sale.Status, sale.PaymentStatus, sale.Channel,
        sale.CustomerId?.Value, sale.Lines, sale.Totals, sale.Taxes, sale.Due, sale.Payments, sale.Refunded, sale.Returns, sale.BusinessDate, sale.DiscountReason, sale.VoidReason,
        sale.Note, sale.Offline, sale.SoldBy, sale.AllowedTransitions, sale.SoldAt, sale.RecordedAt, sale.UpdatedAt);
}

/// <summary>A sale in a list.</summary>
internal sealed record SaleSummaryBody(
    Guid Id,
    int Version,
    string? ClientId,
    string Number,
    Guid RegisterId,
    Guid SessionId,
    SaleStatus Status,
    PaymentStatus PaymentStatus,
    OrderChannel Channel,
    Guid? CustomerId,
    int LineCount,
    Money Total,
    Money Due,
    DateOnly BusinessDate,
    DateTimeOffset SoldAt,
    DateTimeOffset UpdatedAt)
{
    public static SaleSummaryBody Of(SaleView sale) => new(
        sale.SaleId.Value, sale.Version, sale.ClientId, sale.Number, sale.RegisterId.Value, sale.SessionId.Value, sale.Status, sale.PaymentStatus, sale.Channel,
        sale.CustomerId?.Value, sale.Lines.Length, sale.Total, sale.Due, sale.BusinessDate, sale.SoldAt, sale.UpdatedAt);
}
