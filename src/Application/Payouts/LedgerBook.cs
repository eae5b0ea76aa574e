using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payouts;

namespace Mainstreet.Application.Payouts;

/// <summary>The streams that a posting needs: a ledger, the payout that is open in it, and those that may have to be opened.</summary>
/// <param name="Periods">How many periods were opened when it was looked at.</param>
internal sealed record LedgerStreams(string Currency, TenantId Business, int Periods)
{
    public Guid Ledger => Domain.Payouts.Ledger.StreamOf(Currency);

    private IEnumerable<PayoutId> Payouts => Enumerable.Range(Math.Max(1, Periods), 3).Select(number => Domain.Payouts.Ledger.PayoutOf(Business, Currency, number));

    public static async Task<LedgerStreams> Of(IAggregates aggregates, ITenantContext tenant, string currency, CancellationToken cancellationToken)
    {
        var ledger = await aggregates.Find<Ledger, LedgerEvent>(Domain.Payouts.Ledger.StreamOf(currency), cancellationToken);
        return new(currency, tenant.Tenant, ledger?.State.Periods ?? 0);
    }

    public LaneStreams Name(LaneStreams streams) => streams.Of<Ledger>(Ledger).Of<PayoutTerms>(PayoutTerms.Stream).Of<BusinessProfile>(Business.Value)
        .Of<Payout>(Payouts.Select(payout => payout.Value));

    public bool Knows(PayoutId payout) => Payouts.Contains(payout);
}

/// <summary>
/// The ledger in the lane: a posting opens the period that it falls into where none is open, closes the one whose time is over, and has the new one closed
/// when its time is (PAY-05).
/// </summary>
internal sealed class LedgerBook(ILaneLog log, LedgerStreams streams)
{
    private Ledger Ledger => log.Find<Ledger>(streams.Ledger) ?? Ledger.Empty(streams.Currency);

    private PayoutTerms Terms => log.Find<PayoutTerms>(PayoutTerms.Stream) ?? PayoutTerms.Default;

    /// <summary>On the statement of the period that is open now. Errors: ledger_moved (409, to be tried again).</summary>
    public void Enter(TransactionEvent e, DateTimeOffset now)
    {
        Begin(now);
        Append(Ledger.Enter(e, now));
    }

    /// <summary>What a step of a payout means for the accounts, and what is to be done next. Errors: as <see cref="Enter"/>.</summary>
    public void Follow(PayoutEvent e, DateTimeOffset now)
    {
        if (e is PayoutReversed)
        {
            Begin(now);
        }

        Append(Ledger.Follow(e, now));
        if (e is PayoutProcessingStarted started)
        {
            log.Schedule(new TransferPayout(started.PayoutId, started.Attempt), now);
        }
    }

    /// <summary>Does nothing before its period is over, or when it was closed.</summary>
    public void Close(PayoutId id, DateTimeOffset now)
    {
        if (Ledger.Open is not { } open || open.PayoutId != id)
        {
            return;
        }

        var events = log.Get<Payout>(id.Value).Close(open.Totals, Terms.AutoApprove, now);
        log.Append<Payout, PayoutEvent>(id.Value, events);
        if (events is [PayoutCalculated calculated, ..])
        {
            Append(Ledger.CloseOpen(calculated.CarriedOver, now));
        }
    }

    private void Begin(DateTimeOffset now)
    {
        if (Ledger.Open is { } open)
        {
            Close(open.PayoutId, now);
        }

        var ledger = Ledger;
        if (ledger.Open is not null)
        {
            return;
        }

        var number = ledger.Periods + 1;
        var payout = Ledger.PayoutOf(streams.Business, streams.Currency, number);
        Check.That(streams.Knows(payout), PayoutErrors.LedgerMoved);
        var timezone = log.Find<BusinessProfile>(streams.Business.Value)?.Settings.Timezone ?? "UTC";
        var period = PayoutPeriod.Of(now, timezone, Terms.Schedule, ledger.ClosedUntil);
        Append(ledger.OpenNext(payout, period, now));
        log.Append<Payout, PayoutEvent>(payout.Value, Payout.Open(payout, new(PayeeType.Business, streams.Business.Value, number, period), ledger.Carried, now));
        log.Schedule(new ClosePayout(payout), period.Until, ClosePayoutHandler.DedupeKey(payout));
    }

    private void Append(LedgerEvent[] events) => log.Append<Ledger, LedgerEvent>(streams.Ledger, events);
}
