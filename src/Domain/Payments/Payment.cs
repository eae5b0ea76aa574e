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
}

/// <summary>
/// One payment for one order at one provider. What a provider reports is a fact, however late it comes: an expired payment
/// that is authorized after all is recorded, and then released (PAY-01, PAY-09, PAY-10).
/// </summary>
public sealed record Payment(PaymentId Id, OrderId OrderId, Money Amount, string Provider, string Reference, PaymentState State)
    : IAggregate<Payment, PaymentEvent>
{
    /// <summary>The payment of an order: the same for every attempt to initiate it.</summary>
    public static PaymentId IdFor(OrderId order) => new(Uuid.Named("payment", order.ToString()));

    /// <param name="provider">The provider's name in this product.</param>
    /// <param name="reference">What the provider calls the payment.</param>
    public static PaymentEvent[] Initiate(OrderId order, Money amount, string provider, string reference, string? payUrl, DateTimeOffset now) =>
        [new PaymentInitiated(IdFor(order), order, amount, provider, reference, payUrl, now)];

    /// <summary>Repeats, and reports that come after the money was given back, record nothing.</summary>
    public PaymentEvent[] Authorize(DateTimeOffset now) => State switch
    {
        PaymentState.Pending or PaymentState.Failed or PaymentState.Expired => [new PaymentAuthorized(Id, OrderId, Amount, Provider, Reference, now)],
        PaymentState.Authorized or PaymentState.Voided => [],
    };

    /// <summary>A report that is older than what is known records nothing.</summary>
    public PaymentEvent[] Fail(string reason, DateTimeOffset now) => State switch
    {
        PaymentState.Pending => [new PaymentFailed(Id, OrderId, Amount, Provider, Reference, reason, now)],
        PaymentState.Failed or PaymentState.Authorized or PaymentState.Expired or PaymentState.Voided => [],
    };

    /// <summary>The provider was told that the money is not wanted (any more).</summary>
    public PaymentEvent[] Release(DateTimeOffset now) => State switch
    {
        PaymentState.Pending or PaymentState.Failed => [new PaymentExpired(Id, OrderId, Amount, Provider, Reference, now)],
        PaymentState.Authorized => [new PaymentVoided(Id, OrderId, Amount, Provider, Reference, now)],
        PaymentState.Expired or PaymentState.Voided => [],
    };

    public static Payment Evolve(Payment? payment, PaymentEvent e) => (payment, e) switch
    {
        (null, PaymentInitiated initiated) =>
            new(initiated.PaymentId, initiated.OrderId, initiated.Amount, initiated.Provider, initiated.Reference, PaymentState.Pending),
        ({ }, PaymentAuthorized) => payment with { State = PaymentState.Authorized },
        ({ }, PaymentFailed) => payment with { State = PaymentState.Failed },
        ({ }, PaymentExpired) => payment with { State = PaymentState.Expired },
        ({ }, PaymentVoided) => payment with { State = PaymentState.Voided },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {payment?.State.ToString() ?? "an empty stream"}."),
    };
}
