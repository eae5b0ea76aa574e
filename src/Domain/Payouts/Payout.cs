using System.Text.Json;

namespace Mainstreet.Domain.Payouts;

public enum PayoutStatus
{
    /// <summary>Its period is not over.</summary>
    Accruing,

    /// <summary>It waits for an operator's word.</summary>
    Pending,

    /// <summary>There is nothing to pay: the next period begins with what is missing.</summary>
    CarriedOver,
    Approved,
    Held,

    /// <summary>The money is on its way.</summary>
    Processing,
    Paid,
    Failed,

    /// <summary>The money came back.</summary>
    Reversed,
}

/// <summary>Who is paid, and for when.</summary>
public sealed record PayoutSubject(PayeeType PayeeType, Guid PayeeId, int Number, PayoutPeriod Period);

/// <summary>
/// What one payee is paid for one period in one currency: accruing -> pending -> approved -> processing -> paid, or failed and tried again; paid -> reversed
/// (PAY-05, PAY-06, C30). Repeating a step records nothing, so that of many who process it at once one does.
/// </summary>
public sealed record Payout(PayoutId Id, PayoutSubject Subject, PayoutStatus Status, Money Net) : IAggregate<Payout, PayoutEvent>
{
    /// <summary>Where it stood before it was held.</summary>
    public PayoutStatus? HeldFrom { get; init; }

    /// <summary>How many transfers were tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Of the last one.</summary>
    public string? Provider { get; init; }

    /// <summary>Of the last one.</summary>
    public string? Destination { get; init; }

    public static PayoutEvent[] Open(PayoutId id, PayoutSubject subject, Money opening, DateTimeOffset now) =>
        [new PayoutOpened(id, subject.PayeeType, subject.PayeeId, subject.Number, subject.Period.From, subject.Period.Until, opening, now)];

    /// <summary>The period is over. Before that, and where it was closed, it records nothing.</summary>
    /// <param name="totals">Of its period.</param>
    /// <param name="approved">Nobody has to approve it.</param>
    /// <param name="now">When.</param>
    public PayoutEvent[] Close(LedgerTotals totals, bool approved, DateTimeOffset now)
    {
        if (Status != PayoutStatus.Accruing || now < Subject.Period.Until)
        {
            return [];
        }

        var (none, balance) = (Money.Zero(Net.Currency), totals.Balance);
        var owed = balance.Amount > 0;
        return
        [
            new PayoutCalculated(
                Id, totals.Opening, totals.Gross, totals.Refunds, totals.PlatformFees, none, totals.Adjustments, owed ? balance : none, owed ? none : balance, totals.Entries, now),
            .. owed && approved ? new PayoutEvent[] { new PayoutApproved(Id, Automatic: true, now) } : [],
        ];
    }

    public PayoutEvent[] Approve(DateTimeOffset now) => Status switch
    {
        PayoutStatus.Pending => [new PayoutApproved(Id, Automatic: false, now)],
        PayoutStatus.Approved => [],
        _ => throw Illegal("approve"),
    };

    /// <summary>Rejects <c>reason_invalid</c>.</summary>
    public PayoutEvent[] Hold(string reason, DateTimeOffset now)
    {
        Check.That(Check.IsText(reason, 500), PayoutErrors.ReasonInvalid);
        return Status switch
        {
            PayoutStatus.Pending or PayoutStatus.Approved => [new PayoutHeld(Id, reason, now)],
            PayoutStatus.Held => [],
            _ => throw Illegal("hold"),
        };
    }

    public PayoutEvent[] Release(DateTimeOffset now) => Status switch
    {
        PayoutStatus.Held => [new PayoutHoldReleased(Id, now)],
        PayoutStatus.Pending or PayoutStatus.Approved => [],
        _ => throw Illegal("release"),
    };

    /// <param name="provider">Who makes the transfer.</param>
    /// <param name="destination">What it calls the payee's account.</param>
    /// <param name="now">When.</param>
    public PayoutEvent[] Process(string provider, string? destination, DateTimeOffset now) => Status switch
    {
        PayoutStatus.Approved => [Started(provider, destination, now)],
        PayoutStatus.Processing or PayoutStatus.Paid => [],
        _ => throw Illegal("process"),
    };

    /// <summary>As <see cref="Process"/>, after a transfer that failed.</summary>
    public PayoutEvent[] Retry(string provider, string? destination, DateTimeOffset now) => Status switch
    {
        PayoutStatus.Failed => [Started(provider, destination, now)],
        PayoutStatus.Processing when Attempts > 1 => [],
        PayoutStatus.Paid when Attempts > 1 => [],
        _ => throw Illegal("retry"),
    };

    /// <summary>Of an attempt that is over already it is no news.</summary>
    public PayoutEvent[] Pay(int attempt, string reference, DateTimeOffset now) =>
        IsUnderWay(attempt) ? [new PayoutPaid(Id, Net, Provider!, reference, now)] : [];

    /// <inheritdoc cref="Pay"/>
    public PayoutEvent[] Fail(int attempt, string reason, DateTimeOffset now) =>
        IsUnderWay(attempt) ? [new PayoutFailed(Id, Net, Provider!, reason, now)] : [];

    /// <summary>
    /// Somebody says what became of a transfer that people make. Repeated, it records nothing. Rejects <c>payout_not_by_hand</c>, <c>reference_invalid</c> and
    /// <c>reason_invalid</c>.
    /// </summary>
    /// <param name="providerTells">What becomes of the transfer, and nobody else does.</param>
    /// <param name="reference">What the bank calls it; null: it failed.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="now">When it is recorded.</param>
    public PayoutEvent[] Record(bool providerTells, string? reference, string? reason, DateTimeOffset now)
    {
        Check.That(!providerTells, PayoutErrors.NotByHand);
        Check.That(reference is null ? Check.IsText(reason, 500) : Check.IsText(reference, 200), reference is null ? PayoutErrors.ReasonInvalid : PayoutErrors.ReferenceInvalid);
        return Status switch
        {
            PayoutStatus.Processing => reference is null ? Fail(Attempts, reason!, now) : Pay(Attempts, reference, now),
            PayoutStatus.Paid when reference is not null => [],
            PayoutStatus.Failed when reference is null => [],
            _ => throw Illegal(reference is null ? "record_failure" : "record_payment"),
        };
    }

    /// <summary>The money came back. Rejects <c>reason_invalid</c>.</summary>
    public PayoutEvent[] Reverse(string reason, DateTimeOffset now)
    {
        Check.That(Check.IsText(reason, 500), PayoutErrors.ReasonInvalid);
        return Status switch
        {
            PayoutStatus.Paid => [new PayoutReversed(Id, Net, reason, now)],
            PayoutStatus.Reversed => [],
            _ => throw Illegal("reverse"),
        };
    }

    /// <summary>Rejects <c>adjustment_invalid</c>, <c>reason_invalid</c>, and <c>adjustment_exceeds_net</c> where nothing would be left of a period that is over.</summary>
    public PayoutEvent[] Adjust(Money amount, string reason, DateTimeOffset now)
    {
        Check.That(Check.IsText(reason, 500), PayoutErrors.ReasonInvalid);
        Check.That(amount.Currency == Net.Currency && Math.Abs(amount.Amount) is > 0 and <= Money.MaxAmount, PayoutErrors.AdjustmentInvalid(Net.Currency));
        if (Status is not (PayoutStatus.Accruing or PayoutStatus.Pending or PayoutStatus.Approved or PayoutStatus.Held or PayoutStatus.Failed))
        {
            throw Illegal("adjust");
        }

        Check.That(Status == PayoutStatus.Accruing || (Net + amount).Amount > 0, PayoutErrors.ExceedsNet(Net));
        return [new PayoutAdjusted(Id, amount, reason, now)];
    }

    public static string[] TransitionsFrom(PayoutStatus status) => status switch
    {
        PayoutStatus.Accruing => ["adjust"],
        PayoutStatus.Pending => ["approve", "hold", "adjust"],
        PayoutStatus.Approved => ["process", "hold", "adjust"],
        PayoutStatus.Held => ["release", "adjust"],
        PayoutStatus.Failed => ["retry", "adjust"],
        PayoutStatus.Paid => ["reverse"],
        PayoutStatus.Processing => ["record_payment", "record_failure"],
        PayoutStatus.CarriedOver or PayoutStatus.Reversed => [],
    };

    public static Payout Evolve(Payout? payout, PayoutEvent e) => (payout, e) switch
    {
        (null, PayoutOpened opened) => new(
            opened.PayoutId, new(opened.PayeeType, opened.PayeeId, opened.Number, new(opened.PeriodFrom, opened.PeriodUntil)), PayoutStatus.Accruing, Money.Zero(opened.Opening.Currency)),
        ({ }, PayoutCalculated calculated) => payout with { Status = calculated.Net.Amount > 0 ? PayoutStatus.Pending : PayoutStatus.CarriedOver, Net = calculated.Net },
        ({ }, PayoutApproved) => payout with { Status = PayoutStatus.Approved },
        ({ }, PayoutHeld) => payout with { Status = PayoutStatus.Held, HeldFrom = payout.Status },
        ({ }, PayoutHoldReleased) => payout with { Status = payout.HeldFrom!.Value, HeldFrom = null },
        ({ }, PayoutProcessingStarted started) =>
            payout with { Status = PayoutStatus.Processing, Attempts = started.Attempt, Provider = started.Provider, Destination = started.Destination },
        ({ }, PayoutPaid) => payout with { Status = PayoutStatus.Paid },
        ({ }, PayoutFailed) => payout with { Status = PayoutStatus.Failed },
        ({ }, PayoutReversed) => payout with { Status = PayoutStatus.Reversed },
        ({ }, PayoutAdjusted adjusted) => payout.Status == PayoutStatus.Accruing ? payout : payout with { Net = payout.Net + adjusted.Amount }, // its period adds it up
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {payout?.Status.ToString() ?? "an empty stream"}."),
    };

    private bool IsUnderWay(int attempt) => Status == PayoutStatus.Processing && Attempts == attempt;

    private PayoutProcessingStarted Started(string provider, string? destination, DateTimeOffset now) => new(Id, Attempts + 1, provider, destination, Net, now);

    private DomainException Illegal(string step) =>
        new(DomainError.IllegalTransition("The payout", JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()), step, TransitionsFrom(Status)));
}
