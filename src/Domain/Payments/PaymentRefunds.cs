namespace Mainstreet.Domain.Payments;

public enum RefundState
{
    /// <summary>The provider is told, or has not finished.</summary>
    Pending,
    Succeeded,
    Failed,
}

public enum DisputeState
{
    Open,
    Won,
    Lost,
}

public sealed record Refund(RefundId Id, Money Amount, RefundState State);

/// <param name="Reference">What the provider calls it.</param>
public sealed record Dispute(string Reference, Money Amount, DisputeState State);

/// <summary>What goes back of a payment. Never more than was captured: what is on its way counts as gone, what failed does not.</summary>
public sealed partial record Payment
{
    /// <summary>Null: the business does not have it (yet).</summary>
    public Money? Captured { get; init; }

    public Refund[] Refunds { get; init; } = [];

    public Dispute[] Disputes { get; init; } = [];

    public bool IsCaptured => Captured is not null;

    /// <summary>What the customer has back: by refunds, and by disputes that were lost.</summary>
    public Money Refunded => Sum(
        [.. Refunds.Where(refund => refund.State == RefundState.Succeeded).Select(refund => refund.Amount), .. Disputes.Where(dispute => dispute.State == DisputeState.Lost).Select(dispute => dispute.Amount)]);

    /// <summary>What can still be refunded.</summary>
    public Money Left => Captured is { } captured ? captured - Refunded - Sum(Refunds.Where(refund => refund.State == RefundState.Pending).Select(refund => refund.Amount)) : Sum([]);

    public bool IsDisputed => Array.Exists(Disputes, dispute => dispute.State == DisputeState.Open);

    /// <summary>
    /// Something is to be given back; the same id again records nothing. Rejects <c>payment_not_captured</c>, <c>payment_disputed</c>,
    /// <c>nothing_to_refund</c>, <c>refund_amount_invalid</c> and <c>refund_exceeds_payment</c>.
    /// </summary>
    /// <param name="refund">Chosen by whoever asks.</param>
    /// <param name="amount">Null: all that is left.</param>
    /// <param name="reason">For people.</param>
    /// <param name="automatic">Nobody asked for it, but the order will not be fulfilled, or costs less now.</param>
    /// <param name="now">When it is asked for.</param>
    public PaymentEvent[] RequestRefund(RefundId refund, Money? amount, string? reason, bool automatic, DateTimeOffset now)
    {
        if (Find(refund) is not null)
        {
            return [];
        }

        Check.That(IsCaptured, PaymentErrors.NotCaptured);
        Check.That(!IsDisputed, PaymentErrors.Disputed);
        Check.That(Left.Amount > 0, PaymentErrors.NothingLeft);
        var asked = amount ?? Left;
        Check.That(asked.Amount > 0 && asked.Currency == Amount.Currency, PaymentErrors.RefundInvalid(Amount.Currency));
        Check.That(asked.Amount <= Left.Amount, PaymentErrors.ExceedsPayment(Left, asked));
        return [new PaymentRefundRequested(Id, OrderId, refund, asked, reason, automatic, Provider, Reference, now)];
    }

    /// <summary>What is left of a payment for an order that will not be fulfilled (PAY-10). What is disputed waits for that.</summary>
    public PaymentEvent[] RefundRest(DateTimeOffset now) => RefundUpTo(Left, reason: null, now);

    /// <summary>What an amended order does not cost any more, or what is left of it (ORD-12). What is disputed is with the bank.</summary>
    public PaymentEvent[] RefundExcess(Money excess, DateTimeOffset now) => RefundUpTo(excess.Amount < Left.Amount ? excess : Left, "order_amended", now);

    /// <param name="refund">One that was asked for.</param>
    /// <param name="reference">What the provider calls it.</param>
    /// <param name="now">When it was made.</param>
    public PaymentEvent[] CompleteRefund(RefundId refund, string reference, DateTimeOffset now) =>
        Find(refund) is { State: RefundState.Pending } pending ? [Made(pending.Id, pending.Amount, reference, now)] : [];

    /// <summary>Also of one that was thought to be made: banks send money back days later.</summary>
    public PaymentEvent[] FailRefund(RefundId refund, string reason, DateTimeOffset now) => Find(refund) switch
    {
        { State: RefundState.Pending } pending => [new PaymentRefundFailed(Id, OrderId, pending.Id, pending.Amount, Refunded, reason, Provider, Reference, now)],
        { State: RefundState.Succeeded } made => [new PaymentRefundFailed(Id, OrderId, made.Id, made.Amount, Refunded - made.Amount, reason, Provider, Reference, now)],
        _ => [],
    };

    /// <summary>
    /// One that nobody asked for here: somebody made it at the provider. It is known by its reference, so that who hears of it late or twice records it once; and
    /// it is a fact, also where it leaves too little for one that is on its way.
    /// </summary>
    /// <param name="reference">What the provider calls it.</param>
    /// <param name="amount">In the payment's currency.</param>
    /// <param name="failure">The provider's code, where the money came back; null: it was made.</param>
    /// <param name="now">When it is heard of.</param>
    public PaymentEvent[] RecordRefund(string reference, Money amount, string? failure, DateTimeOffset now)
    {
        var id = new RefundId(Uuid.Named("refund", Id.ToString(), reference));
        return failure is not null ? FailRefund(id, failure, now)
            : IsCaptured && Find(id) is null && amount.Amount > 0 && amount.Currency == Amount.Currency ? [Made(id, amount, reference, now)]
            : [];
    }

    /// <summary>Known by its reference, so repeats and reports from before its end record nothing.</summary>
    public PaymentEvent[] OpenDispute(string reference, Money amount, string reason, DateTimeOffset now) =>
        Array.Exists(Disputes, dispute => dispute.Reference == reference) ? [] : [new PaymentDisputed(Id, OrderId, reference, amount, reason, Provider, Reference, now)];

    /// <summary>The end of a dispute, also where nobody has told of its begin.</summary>
    public PaymentEvent[] ResolveDispute(string reference, Money amount, string reason, bool won, DateTimeOffset now)
    {
        if (Array.Find(Disputes, dispute => dispute.Reference == reference) is { State: not DisputeState.Open })
        {
            return [];
        }

        var refunded = won ? Refunded : Refunded + amount;
        return [.. OpenDispute(reference, amount, reason, now), new PaymentDisputeResolved(Id, OrderId, reference, amount, won, refunded, Provider, Reference, now)];
    }

    public Refund? Find(RefundId id) => Array.Find(Refunds, refund => refund.Id == id);

    /// <summary>Where a payment stands that the business has been paid.</summary>
    public static PaymentState StateOf(Money captured, Money refunded, bool disputed) =>
        disputed ? PaymentState.Disputed
        : refunded.Amount == 0 ? PaymentState.Completed
        : refunded.Amount < captured.Amount ? PaymentState.PartiallyRefunded
        : PaymentState.Refunded;

    private PaymentEvent[] RefundUpTo(Money amount, string? reason, DateTimeOffset now) => IsCaptured && !IsDisputed && amount.Amount > 0
        ? RequestRefund(new(Uuid.Named("refund", Id.ToString(), $"{Refunds.Length}")), amount, reason, automatic: true, now)
        : [];

    private PaymentRefunded Made(RefundId id, Money amount, string reference, DateTimeOffset now) =>
        new(Id, OrderId, id, amount, Refunded + amount, reference, Provider, Reference, now);

    private Payment With(Refund refund) =>
        (this with { Refunds = Find(refund.Id) is null ? [.. Refunds, refund] : [.. Refunds.Select(known => known.Id == refund.Id ? refund : known)] }).Settled();

    private Payment With(Dispute dispute) =>
        (this with { Disputes = [.. Disputes.Where(known => known.Reference != dispute.Reference), dispute] }).Settled();

    private Payment Settled() => Captured is { } captured ? this with { State = StateOf(captured, Refunded, IsDisputed) } : this;

    private Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero(Amount.Currency), (sum, amount) => sum + amount);
}
