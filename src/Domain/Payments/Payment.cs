namespace Mainstreet.Domain.Payments;

public enum PaymentState
{
    /// <summary>The customer can pay at the provider.</summary>
    Pending,

    /// <summary>The provider holds the money.</summary>
    Authorized,

    /// <summary>The provider refused; the customer may try again.</summary>
    Failed,

    /// <summary>It is not wanted any more, and was not paid.</summary>
    Expired,

    /// <summary>The money that the provider held was given back.</summary>
    Voided,

    /// <summary>The business has the money.</summary>
    Completed,
    PartiallyRefunded,
    Refunded,

    /// <summary>The customer's bank has it, until it is decided who is right.</summary>
    Disputed,
}

/// <summary>
/// One payment for one order at one provider: pending -> authorized -> completed -> partially_refunded -> refunded. What a provider reports is a fact,
/// however late it comes: an expired payment that is authorized after all is recorded, and then released (PAY-01, PAY-09, PAY-10).
/// </summary>
public sealed partial record Payment(PaymentId Id, OrderId OrderId, Money Amount, string Provider, string Reference, PaymentState State)
    : IAggregate<Payment, PaymentEvent>
{
    /// <summary>Opens the provider; null where it is simulated.</summary>
    public ConnectionId? ConnectionId { get; init; }

    /// <summary>The payment of an order: the same for every attempt to initiate it.</summary>
    public static PaymentId IdFor(OrderId order) => new(Uuid.Named("payment", order.ToString()));

    /// <param name="provider">The provider's name in this product.</param>
    /// <param name="reference">What the provider calls the payment.</param>
    public static PaymentEvent[] Initiate(
        OrderId order, Money amount, string provider, string reference, string? payUrl, ConnectionId? connection, DateTimeOffset now) =>
        [new PaymentInitiated(IdFor(order), order, amount, provider, reference, payUrl, connection, now)];

    /// <summary>Repeats, and reports that come after the money was taken or given back, record nothing.</summary>
    public PaymentEvent[] Authorize(DateTimeOffset now) =>
        State is PaymentState.Pending or PaymentState.Failed or PaymentState.Expired ? [new PaymentAuthorized(Id, OrderId, Amount, Provider, Reference, now)] : [];

    /// <summary>The business has the money. Where nobody has told that it was held, it was.</summary>
    public PaymentEvent[] Capture(Money amount, DateTimeOffset now) =>
        IsCaptured ? [] : [.. Authorize(now), new PaymentCaptured(Id, OrderId, amount, Provider, Reference, now)];

    /// <summary>A report that is older than what is known records nothing.</summary>
    public PaymentEvent[] Fail(string reason, DateTimeOffset now) => State == PaymentState.Pending ? [Failed(reason, now)] : [];

    /// <summary>What the provider held cannot be had.</summary>
    public PaymentEvent[] RefuseCapture(string reason, DateTimeOffset now) => State == PaymentState.Authorized ? [Failed(reason, now)] : [];

    /// <summary>The provider was told that the money is not wanted (any more), or says by itself that it holds none.</summary>
    public PaymentEvent[] Release(DateTimeOffset now) => State switch
    {
        PaymentState.Pending or PaymentState.Failed => [new PaymentExpired(Id, OrderId, Amount, Provider, Reference, now)],
        PaymentState.Authorized => [new PaymentVoided(Id, OrderId, Amount, Provider, Reference, now)],
        _ => [],
    };

    public static Payment Evolve(Payment? payment, PaymentEvent e) => (payment, e) switch
    {
        (null, PaymentInitiated initiated) =>
            new(initiated.PaymentId, initiated.OrderId, initiated.Amount, initiated.Provider, initiated.Reference, PaymentState.Pending)
            {
                ConnectionId = initiated.ConnectionId,
            },
        ({ }, PaymentAuthorized) => payment with { State = PaymentState.Authorized },
        ({ }, PaymentFailed) => payment with { State = PaymentState.Failed },
        ({ }, PaymentExpired) => payment with { State = PaymentState.Expired },
        ({ }, PaymentVoided) => payment with { State = PaymentState.Voided },
        ({ }, PaymentCaptured captured) => (payment with { Captured = captured.Amount }).Settled(),
        ({ }, PaymentRefundRequested requested) => payment.With(new Refund(requested.RefundId, requested.Amount, RefundState.Pending)),
        ({ }, PaymentRefunded refunded) => payment.With(new Refund(refunded.RefundId, refunded.Amount, RefundState.Succeeded)),
        ({ }, PaymentRefundFailed failed) => payment.With(new Refund(failed.RefundId, failed.Amount, RefundState.Failed)),
        ({ }, PaymentDisputed disputed) => payment.With(new Dispute(disputed.Dispute, disputed.Amount, DisputeState.Open)),
        ({ }, PaymentDisputeResolved resolved) =>
            payment.With(new Dispute(resolved.Dispute, resolved.Amount, resolved.Won ? DisputeState.Won : DisputeState.Lost)),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {payment?.State.ToString() ?? "an empty stream"}."),
    };

    private PaymentFailed Failed(string reason, DateTimeOffset now) => new(Id, OrderId, Amount, Provider, Reference, reason, now);
}
