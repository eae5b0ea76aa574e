using Mainstreet.Domain.Coupons;

namespace Mainstreet.Domain.Orders;

/// <summary>What is to become of an order's goods before they are ready (ORD-12).</summary>
/// <param name="Lines">Lines with another quantity, each once; those that are not named stay as they are.</param>
/// <param name="Added">Priced. They are numbered behind all lines that the order ever had.</param>
/// <param name="Coupon">What the order's coupon takes off goods that have no discount yet; null: it has none.</param>
/// <param name="CustomerAgreed">To pay more.</param>
public sealed record OrderAmendment(
    IReadOnlyList<LineQuantity> Lines, OrderLine[] Added, Func<OrderLine[], CouponSaving>? Coupon, string? Reason, bool CustomerAgreed);

/// <param name="Quantity">From now on; 0: the line goes.</param>
public sealed record LineQuantity(int LineNo, decimal Quantity);

/// <summary>Goods may change until they are ready; delivery fee, tip and prices stay. Whatever happens to it, no customer pays more without having agreed.</summary>
public sealed partial record Order
{
    /// <summary>Of the lines that it ever had: a number means one line for good.</summary>
    public int LastLineNo { get; init; }

    /// <summary>
    /// What was authorized; from the confirmation on what is to be captured, whatever the order costs later: so every attempt to capture it asks for the same, and
    /// what is too much by then goes back. Null: nothing was held.
    /// </summary>
    public Money? Held { get; init; }

    /// <summary>Whether its lines may still change.</summary>
    public bool MayChange => Status is OrderStatus.AwaitingPayment || IsAmendable;

    private bool IsAmendable => Status is OrderStatus.Pending or OrderStatus.Confirmed or OrderStatus.Preparing;

    /// <summary>
    /// Other quantities, and further goods. Records nothing where nothing changes. Rejects <c>illegal_transition</c>, <c>order_not_paid</c>, <c>goods_refunded</c>,
    /// <c>line_unknown</c>, <c>invalid_quantity</c>, <c>order_would_be_empty</c>, <c>line_count</c>, <c>nothing_to_capture</c>, <c>amendment_exceeds_payment</c>, <c>consent_required</c>,
    /// and amounts that are out of range.
    /// </summary>
    public OrderEvent[] Amend(OrderAmendment amendment, DateTimeOffset now)
    {
        RequireAmendable();
        if (amendment.Added is [] && amendment.Lines.All(line => Ordered(line.LineNo).Quantity == line.Quantity))
        {
            return [];
        }

        var goods = Amended(amendment);
        var saving = amendment.Coupon?.Invoke(goods);
        var points = Points?.For(goods.Aggregate(-(saving?.OffGoods ?? Money.Zero(Total.Currency)), (sum, line) => sum + line.Subtotal));
        var lines = OrderLine.Less(goods, saving?.Lines, points?.Saved, TaxIncluded);
        var totals = OrderTotals.Of(lines, TaxIncluded, saving?.Delivery ?? Money.Zero(Total.Currency), DeliveryFee, Tip);
        CheckPayable(totals.Total, amendment.CustomerAgreed);
        return
        [
            new OrderAmended(
                Id, Number, CustomerId, lines, totals.Subtotal, totals.Discount, totals.Tax, totals.Total,
                saving is null ? null : Coupon! with { Saved = saving.Total }, points, Reversed(), amendment.Reason, amendment.CustomerAgreed, now),
        ];
    }

    /// <summary>Rejects <c>illegal_transition</c>, <c>order_not_paid</c> and <c>goods_refunded</c>.</summary>
    public void RequireAmendable()
    {
        if (!IsAmendable)
        {
            throw Illegal("amend");
        }

        Check.That(PaymentStatus != PaymentStatus.Failed, OrderErrors.NotPaid);
        Check.That(!Refunds.Any(refund => refund is { Failed: false, Lines: not [] }), OrderErrors.GoodsRefunded);
    }

    private OrderLine[] Amended(OrderAmendment amendment)
    {
        foreach (var (lineNo, quantity) in amendment.Lines)
        {
            Check.That(Ordered(lineNo) is not null && (quantity == 0 || Quantities.IsPositive(quantity)), OrderErrors.InvalidQuantity(lineNo, quantity));
        }

        OrderLine[] goods =
        [
            .. Lines.Select(line => (Line: line, Quantity: amendment.Lines.FirstOrDefault(changed => changed.LineNo == line.LineNo)?.Quantity ?? line.Quantity))
                .Where(wanted => wanted.Quantity > 0).Select(wanted => wanted.Line.Of(wanted.Quantity, TaxIncluded)),
            .. amendment.Added.Select((line, i) => line with { LineNo = LastLineNo + 1 + i }),
        ];
        Check.That(goods is not [], OrderErrors.WouldBeEmpty);
        Check.That(goods.Length <= OrderDraft.MaxLines, OrderErrors.LineCount(goods.Length));
        return goods;
    }

    /// <summary>By card nobody pays more than was authorized, nor again.</summary>
    private void CheckPayable(Money total, bool customerAgreed)
    {
        var most = PaymentMethod == PaymentMethod.Cash ? total : PaymentStatus.IsSettled() ? Total : Held ?? Total;
        Check.That(total.Amount > 0 || PaymentMethod == PaymentMethod.Cash || PaymentStatus.IsSettled(), OrderErrors.NothingToCapture);
        Check.That(total.Amount <= most.Amount, OrderErrors.ExceedsPayment(most, total));
        Check.That(total.Amount <= Total.Amount || customerAgreed, OrderErrors.ConsentRequired(Total, total));
    }

    private Order After(OrderAmended amended) => this with
    {
        Lines = amended.Lines,
        LastLineNo = Math.Max(LastLineNo, amended.Lines.Max(line => line.LineNo)),
        Goods = GoodsOf(amended.Lines, TaxIncluded, amended.Tax),
        Total = amended.Total,
        Coupon = amended.Coupon,
        Points = amended.Points,
    };
}
