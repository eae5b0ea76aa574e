using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Pos;

/// <summary>From opening a till to counting its cash (POS-06): open, then closed; the last one of a register may be reopened. A register has one open session at most.</summary>
/// <param name="Unpaid">Its sales that are still to be paid.</param>
/// <param name="LocationId">Where the till stands while it is open: from there goods leave, and there they come back. Null: the default location.</param>
public sealed record RegisterSession(
    RegisterSessionId Id, RegisterId RegisterId, Money OpeningFloat, SessionTotals Totals, SaleId[] Unpaid, bool Closed, LocationId? LocationId = null) : IAggregate<RegisterSession, RegisterSessionEvent>, ISnapshotted
{
    public static int SnapshotVersion => 2;

    /// <summary>The cash that should be in the drawer.</summary>
    [JsonIgnore]
    public Money Expected => OpeningFloat + Totals.Cash;

    /// <param name="id">Of the new session.</param>
    /// <param name="register">Where somebody is going to sell.</param>
    /// <param name="open">The register's open session; null: there is none.</param>
    /// <param name="openingFloat">The cash in the drawer.</param>
    /// <param name="now">When it is opened.</param>
    public static RegisterSessionEvent[] Open(RegisterSessionId id, Register register, RegisterSession? open, Money openingFloat, DateTimeOffset now)
    {
        Check.That(!register.Retired, PosErrors.Retired);
        Check.That(open is null, PosErrors.AlreadyOpen(open?.Id));
        Check.That(openingFloat.Amount is >= 0 and <= Money.MaxAmount, PosErrors.AmountOutOfRange);
        return [new RegisterSessionOpened(id, register.Id, openingFloat, register.LocationId, now)];
    }

    public RegisterSessionEvent[] PayIn(Money amount, string reason, DateTimeOffset now)
    {
        CheckCash(amount, reason);
        return [new CashPaidIn(Id, RegisterId, amount, reason, now)];
    }

    /// <summary>Rejects <c>not_enough_cash</c> where more would leave the drawer than is in it.</summary>
    public RegisterSessionEvent[] PayOut(Money amount, string reason, DateTimeOffset now)
    {
        CheckCash(amount, reason);
        Check.That(amount.Amount <= Expected.Amount, PosErrors.NotEnoughCash(Expected));
        return [new CashPaidOut(Id, RegisterId, amount, reason, now)];
    }

    /// <summary>Writes down what a step of a sale means for the till.</summary>
    public RegisterSessionEvent[] Enter(SaleEvent e, bool taxIncluded, DateTimeOffset now)
    {
        CheckOpen();
        var nothing = Money.Zero(OpeningFloat.Currency);
        return
        [
            e switch
            {
                SaleRungUp sold => new SaleEntered(
                    Id, sold.SaleId, SessionEntry.Sale, sold.Number, sold.Total, sold.Discount, SaleLine.Taxes(sold.Lines, taxIncluded), sold.Payments, sold.Due, now),
                SalePaid paid => new SaleEntered(Id, paid.SaleId, SessionEntry.Payment, paid.Number, nothing, nothing, [], paid.Payments, paid.Due, now),
                SaleVoided voided => new SaleEntered(
                    Id, voided.SaleId, SessionEntry.Void, voided.Number, voided.Total, nothing, ReturnedLine.Taxes(voided.Lines, taxIncluded), voided.Refunds, nothing, now),
                SaleReturned back => new SaleEntered(
                    Id, back.SaleId, SessionEntry.Return, back.ReturnNumber, back.Total, nothing, ReturnedLine.Taxes(back.Lines, taxIncluded), back.Refunds, back.Due, now),
                _ => throw new InvalidOperationException($"{e.GetType().Name} means nothing for a session."),
            },
        ];
    }

    /// <summary>One of its sales was paid, or taken back, at another till. A session that is closed has said what was to be paid then.</summary>
    public RegisterSessionEvent[] Settle(SaleId sale, DateTimeOffset now) => !Closed && Unpaid.Contains(sale) ? [new SaleSettled(Id, sale, now)] : [];

    /// <summary>Compares the drawer with the books. Sales that are still to be paid stay so, for whichever session they are paid in.</summary>
    public RegisterSessionEvent[] Close(Money counted, string? note, DateTimeOffset now)
    {
        CheckOpen();
        CheckCurrency(counted);
        Check.That(counted.Amount is >= 0 and <= Money.MaxAmount, PosErrors.AmountOutOfRange);
        return [new RegisterSessionClosed(Id, RegisterId, Expected, counted, counted - Expected, Unpaid, note, now)];
    }

    /// <summary>
    /// Goes on with a session that was closed too early, until its drawer is counted again. Rejects <c>session_open</c>, <c>session_followed</c> where its register was opened again,
    /// <c>register_moved</c> where it stands elsewhere, <c>register_retired</c> and <c>reason_required</c>.
    /// </summary>
    /// <param name="register">The session's.</param>
    /// <param name="followed">Whether its register was opened again.</param>
    /// <param name="paid">Of the sales that were to be paid when it was closed those that are not any more.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public RegisterSessionEvent[] Reopen(Register register, bool followed, IReadOnlySet<SaleId> paid, string reason, DateTimeOffset now)
    {
        Check.That(Check.IsText(reason, PosErrors.MaxReason), PosErrors.ReasonRequired);
        Check.That(Closed, PosErrors.NotClosed);
        Check.That(!register.Retired, PosErrors.Retired);
        Check.That(!followed, PosErrors.Followed);
        Check.That(register.LocationId == LocationId, PosErrors.Moved);
        return [new RegisterSessionReopened(Id, RegisterId, reason, [.. Unpaid.Where(sale => !paid.Contains(sale))], now)];
    }

    public static RegisterSession Evolve(RegisterSession? state, RegisterSessionEvent e) => (state, e) switch
    {
        (null, RegisterSessionOpened opened) =>
            new(opened.SessionId, opened.RegisterId, opened.OpeningFloat, SessionTotals.None(opened.OpeningFloat.Currency), [], Closed: false, opened.LocationId),
        ({ }, CashPaidIn paid) => state with { Totals = state.Totals with { CashIn = state.Totals.CashIn + paid.Amount } },
        ({ }, CashPaidOut paid) => state with { Totals = state.Totals with { CashOut = state.Totals.CashOut + paid.Amount } },
        ({ }, SaleEntered entry) => state with { Totals = state.Totals.With(entry), Unpaid = state.StillUnpaid(entry) },
        ({ }, SaleSettled settled) => state with { Unpaid = state.Without(settled.SaleId) },
        ({ }, RegisterSessionClosed) => state with { Closed = true },
        ({ }, RegisterSessionReopened reopened) => state with { Closed = false, Unpaid = reopened.Unpaid },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : "an open session")}."),
    };

    public void CheckOpen() => Check.That(!Closed, PosErrors.Closed);

    private void CheckCash(Money amount, string reason)
    {
        CheckOpen();
        CheckCurrency(amount);
        Check.That(amount.Amount is > 0 and <= Money.MaxAmount, PosErrors.AmountOutOfRange);
        Check.That(Check.IsText(reason, PosErrors.MaxReason), PosErrors.ReasonRequired);
    }

    private void CheckCurrency(Money amount) => Check.That(amount.Currency == OpeningFloat.Currency, PosErrors.OtherCurrency(OpeningFloat.Currency));

    private SaleId[] StillUnpaid(SaleEntered entry) => entry switch
    {
        { Due.Amount: 0 } => Unpaid.Contains(entry.SaleId) ? Without(entry.SaleId) : Unpaid,
        { Kind: SessionEntry.Sale } => [.. Unpaid, entry.SaleId],
        _ => Unpaid,
    };

    private SaleId[] Without(SaleId sale) => [.. Unpaid.Where(unpaid => unpaid != sale)];
}
