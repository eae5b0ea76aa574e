using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Pos;

public enum SaleStatus
{
    PendingPayment,
    Completed,

    /// <summary>All of its goods came back.</summary>
    Returned,
    Voided,
}

/// <summary>What is to be rung up, priced and with a number.</summary>
public sealed record SaleDraft(
    SaleId SaleId, string? ClientId, string Number, RegisterSession Session, OrderChannel Channel, CustomerId? CustomerId, SaleLine[] Lines, SaleTotals Totals,
    IReadOnlyList<Tender> Tenders, bool PayLater, DateOnly BusinessDate, string? DiscountReason, string? Note, OfflineSale? Offline);

/// <summary>What somebody brings back.</summary>
public sealed record ReturnRequest(int LineNo, decimal Quantity, bool Restock);

/// <summary>
/// A sale at a till: pending_payment or completed at once, voided in the same session, returned in any. Its goods leave and come back
/// in the commits of its steps.
/// </summary>
public sealed record Sale : IAggregate<Sale, SaleEvent>
{
    public required SaleId Id { get; init; }

    public required string Number { get; init; }

    public required RegisterSessionId SessionId { get; init; }

    public required SaleLine[] Lines { get; init; }

    public required bool TaxIncluded { get; init; }

    public required Money Total { get; init; }

    public required Money Due { get; init; }

    public required DateOnly BusinessDate { get; init; }

    public required SaleStatus Status { get; init; }

    public required SalePayment[] Payments { get; init; }

    /// <summary>Of a sale made offline, in what it differs from what the business would have asked.</summary>
    public OfflineDifference[] Differences { get; init; } = [];

    public SalePayment[] Refunds { get; init; } = [];

    /// <summary>Null: somebody who is not known.</summary>
    public CustomerId? CustomerId { get; init; }

    public DateTimeOffset RungUpAt { get; init; }

    public ReturnedLine[] Returned { get; init; } = [];

    /// <summary>Money changed hands in another session than the sale's.</summary>
    public bool PaidElsewhere { get; init; }

    /// <summary>What was paid for the goods that did not come back; zero while something is due.</summary>
    public Money Kept => Status == SaleStatus.Completed
        ? Total - Tenders.Sum(Total.Currency, Returned.Select(line => TaxIncluded ? line.Net : line.Net + line.Tax))
        : Money.Zero(Total.Currency);

    public static string[] TransitionsFrom(SaleStatus status) => status switch
    {
        SaleStatus.PendingPayment => ["pay", "void", "return"],
        SaleStatus.Completed => ["void", "return"],
        SaleStatus.Returned or SaleStatus.Voided => [],
    };

    /// <summary>Rejects <c>payment_incomplete</c> unless the rest is to be paid later, and what <see cref="Tenders.For"/> rejects.</summary>
    public static SaleEvent[] RingUp(SaleDraft draft, DateTimeOffset now)
    {
        var totals = draft.Totals;
        var payments = Tenders.For(totals.Total, draft.Tenders);
        var due = totals.Total - Tenders.Paid(totals.Total.Currency, payments);
        Check.That(due.Amount == 0 || draft.PayLater, PosErrors.Unpaid(due));
        return
        [
            new SaleRungUp(
                draft.SaleId, draft.ClientId, draft.Number, draft.Session.RegisterId, draft.Session.Id, draft.Channel, draft.CustomerId, draft.Lines, totals.Subtotal,
                totals.Discount, totals.Tax, totals.TaxIncluded, totals.Total, payments, due, draft.BusinessDate, draft.DiscountReason, draft.Note, draft.Offline, now),
        ];
    }

    /// <summary>What was left to be paid later is paid, in any session.</summary>
    public SaleEvent[] Pay(IReadOnlyList<Tender> tenders, RegisterSession session, DateTimeOffset now)
    {
        Check.That(Due.Amount > 0, PosErrors.NothingDue);
        var payments = Tenders.For(Due, tenders);
        return [new SalePaid(Id, Number, session.RegisterId, session.Id, payments, Due - Tenders.Paid(Due.Currency, payments), now)];
    }

    /// <summary>Undoes the sale where it was rung up. Each payment goes back the way it came.</summary>
    public SaleEvent[] Void(string reason, RegisterSession session, DateTimeOffset now)
    {
        if (Status == SaleStatus.Voided)
        {
            return [];
        }

        Check.That(Returned.Length == 0, PosErrors.ReturnedAlready);
        Check.That(session.Id == SessionId && !PaidElsewhere, PosErrors.OtherSession);
        var lines = Lines.Select(line => Back(line, before: 0, new(line.LineNo, line.Quantity, Restock: true))).ToArray();
        return [new SaleVoided(Id, Number, session.RegisterId, session.Id, reason, BusinessDate, lines, Total, [.. Payments.Select(payment => payment with { Change = null })], CustomerId, now)];
    }

    /// <summary>
    /// Takes goods back against the receipt, never more than were sold. What is still due is taken off first; the rest is refunded as
    /// <paramref name="refunds"/> say, or left out, the way it was paid.
    /// </summary>
    public SaleEvent[] Return(
        string returnNumber, IReadOnlyList<ReturnRequest> requests, IReadOnlyList<Tender>? refunds, string? reason, RegisterSession session, DateTimeOffset now)
    {
        if (Status is SaleStatus.Voided or SaleStatus.Returned)
        {
            throw new DomainException(DomainError.IllegalTransition("The sale", Status.ToString().ToLowerInvariant(), "return", TransitionsFrom(Status)));
        }

        var lines = requests.Select(Back).ToArray();
        var total = Tenders.Sum(Total.Currency, lines.Select(line => TaxIncluded ? line.Net : line.Net + line.Tax));
        var off = new Money(Math.Min(Due.Amount, total.Amount), Due.Currency);
        var left = Lines.Sum(line => line.Quantity) - Returned.Concat(lines).Sum(line => line.Quantity);
        return
        [
            new SaleReturned(
                Id, Number, returnNumber, session.RegisterId, session.Id, reason, BusinessDate, lines, total,
                new Refunding(Payments, Refunds, total - off).By(refunds), Due - off, left == 0, CustomerId, now),
        ];
    }

    public static Sale Evolve(Sale? state, SaleEvent e) => (state, e) switch
    {
        (null, SaleRungUp sold) => new()
        {
            Id = sold.SaleId,
            Number = sold.Number,
            SessionId = sold.SessionId,
            Lines = sold.Lines,
            TaxIncluded = sold.TaxIncluded,
            Total = sold.Total,
            Due = sold.Due,
            BusinessDate = sold.BusinessDate,
            Status = StatusOf(sold.Due),
            Payments = sold.Payments,
            Differences = sold.Offline?.Differences ?? [],
            CustomerId = sold.CustomerId,
            RungUpAt = sold.At,
        },
        ({ }, SalePaid paid) => state with
        {
            Due = paid.Due,
            Status = StatusOf(paid.Due),
            Payments = [.. state.Payments, .. paid.Payments],
            PaidElsewhere = state.PaidElsewhere || paid.SessionId != state.SessionId,
        },
        ({ }, SaleVoided voided) => state with { Status = SaleStatus.Voided, Due = Money.Zero(state.Total.Currency), Refunds = voided.Refunds },
        ({ }, SaleReturned back) => state with
        {
            Due = back.Due,
            Status = back.Complete ? SaleStatus.Returned : StatusOf(back.Due),
            Returned = [.. state.Returned, .. back.Lines],
            Refunds = [.. state.Refunds, .. back.Refunds],
        },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {state?.Status.ToString() ?? "an empty stream"}."),
    };

    public static SaleStatus StatusOf(Money due) => due.Amount > 0 ? SaleStatus.PendingPayment : SaleStatus.Completed;

    private ReturnedLine Back(ReturnRequest request)
    {
        var line = Array.Find(Lines, line => line.LineNo == request.LineNo) ?? throw new DomainException(PosErrors.UnknownLine(request.LineNo));
        Check.That(Quantities.IsPositive(request.Quantity), OrderErrors.InvalidQuantity(line.LineNo, request.Quantity));
        var before = Returned.Where(returned => returned.LineNo == line.LineNo).Sum(returned => returned.Quantity);
        Check.That(before + request.Quantity <= line.Quantity, PosErrors.ReturnsTooMuch(line.LineNo, line.Quantity - before));
        return Back(line, before, request);
    }

    private static ReturnedLine Back(SaleLine line, decimal before, ReturnRequest request) => new(
        line.LineNo, line.ProductId, line.VariantId, request.Quantity, line.Part(line.Net, before, request.Quantity), line.TaxRatePercent,
        line.Part(line.Tax, before, request.Quantity), request.Restock);
}
