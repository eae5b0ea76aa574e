namespace Mainstreet.Domain.Orders;

/// <summary>What an order is to be, priced but not yet placed. The tracking token's hash lets a guest follow it (ORD-07).</summary>
public sealed record OrderDraft(
    OrderId OrderId,
    string Number,
    OrderChannel Channel,
    DeliveryType DeliveryType,
    OrderLine[] Lines,
    OrderTotals Totals,
    PaymentMethod PaymentMethod,
    CustomerId CustomerId,
    Contact Contact,
    Address? DropOff,
    DateOnly BusinessDate,
    string TrackingTokenHash,
    OrderTerms Terms,
    DateTimeOffset? ScheduledFor = null,
    AppliedCoupon? Coupon = null,
    AppliedPoints? Points = null)
{
    public const int MaxLines = 100;

    internal void Check(DateTimeOffset now)
    {
        CheckLines();
        Totals.Check(Lines);

        if (DeliveryType == DeliveryType.Delivery && string.IsNullOrWhiteSpace(DropOff?.Line))
        {
            throw new DomainException(OrderErrors.AddressRequired);
        }

        if (ScheduledFor < now)
        {
            throw new DomainException(OrderErrors.InThePast("scheduled_for"));
        }
    }

    private void CheckLines()
    {
        if (Lines.Length is 0 or > MaxLines)
        {
            throw new DomainException(OrderErrors.LineCount(Lines.Length));
        }

        if (Lines.Index().Any(line => line.Item.LineNo != line.Index + 1))
        {
            throw new DomainException(OrderErrors.LinesNotNumbered);
        }

        foreach (var line in Lines)
        {
            line.Check();
        }
    }
}

/// <summary>
/// What the business's settings said when the order was placed (TEN-05), so that later steps need not ask again. The
/// business answers from <paramref name="OpensAt"/>; null when it was open.
/// </summary>
public sealed record OrderTerms(int AcceptanceMinutes, int PaymentMinutes, int PreparationMinutes, bool AutoConfirm, DateTimeOffset? OpensAt = null)
{
    internal DateTimeOffset PaymentDueBy(DateTimeOffset placedAt) => placedAt.AddMinutes(PaymentMinutes);

    /// <summary>Null: nobody has to answer.</summary>
    internal DateTimeOffset? AcceptBy(DateTimeOffset now) => AutoConfirm ? null : Working(now).AddMinutes(AcceptanceMinutes);

    public DateTimeOffset ReadyAt(DateTimeOffset now) => Working(now).AddMinutes(PreparationMinutes);

    private DateTimeOffset Working(DateTimeOffset now) => OpensAt > now ? OpensAt.Value : now;
}

/// <summary>
/// Total = sum of the lines - discount + tax + delivery fee + tip, all in one currency, none negative. The discount is that of the lines
/// and what is off the delivery fee. The tax is that of the lines; where prices include it, it is not added again.
/// </summary>
public sealed record OrderTotals(Money Subtotal, Money Discount, Money Tax, bool TaxIncluded, Money DeliveryFee, Money Tip, Money Total)
{
    /// <summary>Adds up. Rejects <c>currency_mismatch</c>, <c>amount_out_of_range</c> and <c>discount_exceeds_price</c>.</summary>
    public static OrderTotals Of(IReadOnlyCollection<OrderLine> lines, bool taxIncluded, Money offDelivery, Money deliveryFee, Money tip)
    {
        CheckLines(lines);
        CheckRange("An amount", [offDelivery, deliveryFee, tip]);
        CheckDiscount(offDelivery, deliveryFee);
        var zero = Money.Zero(deliveryFee.Currency);
        var subtotal = lines.Aggregate(zero, (sum, line) => sum + line.Subtotal);
        var discount = lines.Aggregate(offDelivery, (sum, line) => sum + line.Off);
        var tax = lines.Aggregate(zero, (sum, line) => sum + line.Tax);
        CheckRange("An amount", [subtotal, discount, tax]);

        var total = subtotal - discount + (taxIncluded ? zero : tax) + deliveryFee + tip;
        CheckRange("The total", [total]);
        return new(subtotal, discount, tax, taxIncluded, deliveryFee, tip, total);
    }

    internal void Check(OrderLine[] lines)
    {
        CheckLines(lines);
        CheckRange("An amount", [Discount]);
        var offDelivery = lines.Aggregate(Discount, (left, line) => left - line.Off);
        var right = Of(lines, TaxIncluded, offDelivery, DeliveryFee, Tip);
        if (this != right)
        {
            throw new DomainException(OrderErrors.TotalsMismatch("The order", Total, right.Total));
        }
    }

    private static void CheckLines(IReadOnlyCollection<OrderLine> lines)
    {
        CheckRange("A line", lines.SelectMany(line => new[] { line.Subtotal, line.Tax, line.Off }));
        foreach (var line in lines)
        {
            CheckDiscount(line.Off, line.Subtotal);
        }
    }

    private static void CheckDiscount(Money off, Money price)
    {
        if ((price - off).Amount < 0)
        {
            throw new DomainException(OrderErrors.DiscountExceedsPrice);
        }
    }

    private static void CheckRange(string what, IEnumerable<Money> amounts)
    {
        if (amounts.Any(money => money.Amount is < 0 or > Money.MaxAmount))
        {
            throw new DomainException(OrderErrors.AmountOutOfRange(what));
        }
    }
}
