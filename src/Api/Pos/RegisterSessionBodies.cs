using Mainstreet.Application;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Api.Pos;

/// <param name="LocationId">Where the till stands: from there goods leave, and there they come back.</param>
/// <param name="Expected">The cash that should be in the drawer.</param>
/// <param name="Difference">Counted less expected; absent while it is open.</param>
/// <param name="UnpaidSales">Of its sales those that are still to be paid, or were so when it was closed: whichever session they are paid in counts the money.</param>
internal sealed record RegisterSessionBody(
    Guid Id,
    int Version,
    Guid RegisterId,
    Guid LocationId,
    RegisterSessionStatus Status,
    Money OpeningFloat,
    Money Expected,
    Money? Counted,
    Money? Difference,
    string? Note,
    Guid[] UnpaidSales,
    Actor OpenedBy,
    Actor? ClosedBy,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt)
{
    public static RegisterSessionBody Of(RegisterSessionView session) => new(
        session.SessionId.Value, session.Version, session.RegisterId.Value, (session.LocationId ?? Domain.LocationId.Default).Value, session.Status, session.OpeningFloat, session.Expected, session.Counted, session.Difference,
        session.Note, [.. session.Unpaid.Select(sale => sale.Value)], session.OpenedBy, session.ClosedBy, session.OpenedAt, session.ClosedAt);
}

/// <summary>What a session comes to.</summary>
/// <param name="Kind">x: so far. z: the session is closed, and nothing is added any more.</param>
/// <param name="Net">Sold, less what was voided and returned.</param>
/// <param name="Payments">By the way of paying, without change.</param>
/// <param name="Taxes">By rate, less those of what was voided and returned.</param>
/// <param name="FirstNumber">Of its receipts, those of returns too.</param>
internal sealed record RegisterReportBody(
    RegisterReportKind Kind,
    RegisterSessionBody Session,
    int Sales,
    Money Sold,
    Money Discounts,
    int Voids,
    Money Voided,
    int Returns,
    Money Returned,
    Money Net,
    MethodTotal[] Payments,
    MethodTotal[] Refunds,
    TaxTotal[] Taxes,
    Money CashIn,
    Money CashOut,
    string? FirstNumber,
    string? LastNumber)
{
    public static RegisterReportBody Of(RegisterSessionView session)
    {
        var totals = session.Totals;
        return new(
            session.Status == RegisterSessionStatus.Open ? RegisterReportKind.X : RegisterReportKind.Z, RegisterSessionBody.Of(session), totals.Sales, totals.Sold,
            totals.Discounts, totals.Voids, totals.Voided, totals.Returns, totals.Returned, totals.Net, totals.Payments, totals.Refunds, totals.Taxes, totals.CashIn,
            totals.CashOut, totals.FirstNumber, totals.LastNumber);
    }
}

internal enum RegisterReportKind
{
    X,
    Z,
}
