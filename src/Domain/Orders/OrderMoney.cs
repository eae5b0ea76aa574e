namespace Mainstreet.Domain.Orders;

/// <summary>What happens to an order's money: held, taken, and given back in parts.</summary>
public sealed partial record Order
{
    /// <summary>What is paid for the goods themselves, with taxes and without what was taken off.</summary>
    public required Money Goods { get; init; }

    /// <summary>What of the total is for whoever serves or drives.</summary>
    public required Money Tip { get; init; }

    public OrderRefund[] Refunds { get; init; } = [];

    /// <summary>Nothing will be handed over: what was paid for it goes back (PAY-10).</summary>
    public bool IsGivenUp => Status.IsReversed();

    /// <summary>What is to be paid in cash when the goods are handed over; zero when it is prepaid or paid.</summary>
    public Money CashDue =>
        PaymentMethod == PaymentMethod.Cash && PaymentStatus is PaymentStatus.CodDue or PaymentStatus.Pending ? Total : Money.Zero(Total.Currency);

    /// <summary>Nothing can call it off any more, and it is paid.</summary>
    public bool IsDoneAndPaid => Status == OrderStatus.Completed && PaymentStatus.IsSettled();

    /// <summary>The customer has got the goods.</summary>
    public bool IsHandedOver => Status is OrderStatus.Delivered or OrderStatus.Completed;

    /// <summary>The provider holds the money. A repeated notification is known by its reference, however late it comes.</summary>
    public OrderEvent[] AuthorizePayment(string reference, DateTimeOffset now) => Status switch
    {
        _ when string.Equals(PaymentReference, reference, StringComparison.Ordinal) => [],
        OrderStatus.AwaitingPayment => Authorized(new OrderPaymentAuthorized(Id, Number, reference, Total, Terms.AcceptBy(now), now)),
        _ => throw Illegal("authorize_payment"),
    };

    /// <summary>Scheduled for <see cref="PaymentDueBy"/>: cancels an order that is still unpaid then, otherwise does nothing.</summary>
    public OrderEvent[] ExpirePayment(DateTimeOffset now) =>
        Status == OrderStatus.AwaitingPayment && now >= PaymentDueBy ? [new OrderPaymentExpired(Id, Number, Reversed(), now)] : [];

    /// <summary>The business has the money: a fact, also of an order that was given up meanwhile. Repeats record nothing.</summary>
    public OrderEvent[] CapturePayment(Money amount, DateTimeOffset now) =>
        PaymentStatus.IsSettled() ? [] : [new OrderPaymentCaptured(Id, Number, amount, now)];

    /// <summary>What was held cannot be had. That of an order that is given up is nobody's loss.</summary>
    public OrderEvent[] FailPayment(string reason, DateTimeOffset now) =>
        PaymentStatus == PaymentStatus.Authorized ? [new OrderPaymentFailed(Id, Number, reason, now)] : [];

    /// <summary>What these goods were paid with, as a part of what all goods cost. Whoever refunds all of them refunds exactly that.</summary>
    /// <remarks>Rejects <c>line_unknown</c>, <c>invalid_quantity</c>, <c>refunds_too_much</c> and <c>goods_not_handed_over</c>.</remarks>
    public Money WorthOf(IReadOnlyList<RefundedLine> goods)
    {
        foreach (var line in goods)
        {
            var ordered = Ordered(line.LineNo);
            Check.That(Quantities.IsPositive(line.Quantity), OrderErrors.InvalidQuantity(line.LineNo, line.Quantity));
            Check.That(!line.Restocked || IsHandedOver, OrderErrors.NotHandedOver);
            CheckLeft(line, ordered.Quantity - Of(line.LineNo, refund => !refund.Failed, restocked: false));
            CheckLeft(line, line.Restocked ? ordered.Quantity - Of(line.LineNo, _ => true, restocked: true) : ordered.Quantity);
        }

        var before = Refunds.Where(refund => !refund.Failed).SelectMany(refund => refund.Lines).ToArray();
        return Share([.. before, .. goods]) - Share(before);
    }

    /// <summary>Notes what is to be given back. The money itself is the payment's affair.</summary>
    public OrderEvent[] RequestRefund(RefundId refund, Money amount, RefundedLine[] lines, string? reason, DateTimeOffset now) =>
        [new OrderRefundRequested(Id, Number, refund, amount, lines, reason, now)];

    public OrderEvent[] Refund(RefundId refund, Money amount, PaymentStatus status, DateTimeOffset now) =>
        [new OrderRefunded(Id, Number, refund, amount, status, now)];

    public OrderEvent[] FailRefund(RefundId refund, Money amount, string reason, PaymentStatus status, DateTimeOffset now) =>
        [new OrderRefundFailed(Id, Number, refund, amount, reason, status, now)];

    /// <summary>The line as it is refunded. Rejects <c>line_unknown</c>.</summary>
    public RefundedLine Line(int lineNo, decimal quantity, bool restock) => new(lineNo, Ordered(lineNo).VariantId, quantity, restock);

    /// <summary>Nothing is asked of a card for what costs nothing: no provider takes that.</summary>
    private static PaymentStatus PaymentStatusOf(OrderDraft draft, bool prepaid) =>
        prepaid ? PaymentStatus.Pending
        : draft.PaymentMethod == PaymentMethod.Card ? PaymentStatus.Paid
        : draft.DeliveryType == DeliveryType.Delivery ? PaymentStatus.CodDue
        : PaymentStatus.Pending;

    private static Money GoodsOf(OrderLine[] lines, bool taxIncluded, Money tax) =>
        lines.Aggregate(taxIncluded ? Money.Zero(tax.Currency) : tax, (sum, line) => sum + line.Net);

    private ReversedSale Reversed() => new(
        BusinessDate, Channel, CustomerId, Total,
        [.. Lines.Select(line => new ReversedLine(line.ProductId, line.VariantId, line.Quantity, line.Subtotal, line.Discount))]);

    private OrderEvent[] Authorized(OrderPaymentAuthorized paid) => [paid, .. Evolve(this, paid).ConfirmedAlready(paid.At)];

    private Order Without(OrderRefundFailed failed) => this with
    {
        PaymentStatus = failed.PaymentStatus,
        Refunds = [.. Refunds.Select(refund => refund.Id == failed.RefundId ? refund with { Failed = true } : refund)],
    };

    private OrderLine Ordered(int lineNo) =>
        Array.Find(Lines, line => line.LineNo == lineNo) ?? throw new DomainException(OrderErrors.UnknownLine(lineNo));

    private static void CheckLeft(RefundedLine line, decimal left) =>
        Check.That(line.Quantity <= left, OrderErrors.RefundsTooMuch(line.LineNo, left));

    private decimal Of(int lineNo, Func<OrderRefund, bool> which, bool restocked) =>
        Refunds.Where(which).SelectMany(refund => refund.Lines).Where(line => line.LineNo == lineNo && (!restocked || line.Restocked)).Sum(line => line.Quantity);

    private Money Share(RefundedLine[] goods)
    {
        var (part, all) = (goods.Sum(line => Weight(Ordered(line.LineNo)) * line.Quantity / Ordered(line.LineNo).Quantity), Lines.Sum(Weight));
        return all == 0 ? Money.Zero(Goods.Currency) : Goods * (part / all);
    }

    private decimal Weight(OrderLine line) => line.Net.Amount + (TaxIncluded ? 0 : line.Tax.Amount);
}

/// <param name="Failed">The money did not go back. Goods that were put on the shelf stay there.</param>
public sealed record OrderRefund(RefundId Id, RefundedLine[] Lines, bool Failed = false);
