using System.Text.Json;

namespace Mainstreet.Domain.Orders;

/// <summary>
/// Everything sold is an order (D3). [awaiting_payment ->] pending -> confirmed -> preparing -> ready -> out_for_delivery ->
/// delivered -> completed; pickup goes from ready to delivered. Repeating a step records nothing, so retries are safe.
/// </summary>
public sealed partial record Order : IAggregate<Order, OrderEvent>
{
    /// <summary>How long after the goods were handed over an order is closed by itself.</summary>
    public static readonly TimeSpan ClosesAfter = TimeSpan.FromHours(24);

    public required OrderId Id { get; init; }

    public required string Number { get; init; }

    public required CustomerId CustomerId { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>Where the goods go; null for an order that is collected.</summary>
    public required Address? DropOff { get; init; }

    public required OrderChannel Channel { get; init; }

    public required DeliveryType DeliveryType { get; init; }

    public required OrderLine[] Lines { get; init; }

    public required Money DeliveryFee { get; init; }

    /// <summary>Prices of the lines have their tax in them.</summary>
    public required bool TaxIncluded { get; init; }

    public required Money Total { get; init; }

    public required DateOnly BusinessDate { get; init; }

    public required OrderStatus Status { get; init; }

    public required PaymentMethod PaymentMethod { get; init; }

    public required PaymentStatus PaymentStatus { get; init; }

    public required OrderTerms Terms { get; init; }

    public required DateTimeOffset? ScheduledFor { get; init; }

    public required DateTimeOffset? PaymentDueBy { get; init; }

    /// <summary>Until when the business has to answer; null when it has not to.</summary>
    public required DateTimeOffset? AcceptBy { get; init; }

    public AppliedCoupon? Coupon { get; init; }

    /// <summary>With which it is paid in part.</summary>
    public AppliedPoints? Points { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public string? PaymentReference { get; init; }

    /// <summary>The delivery that has, or had, the goods last.</summary>
    public DeliveryId? DeliveryId { get; init; }

    public int FailedDeliveries { get; init; }

    /// <summary>What the order takes from stock, per variant.</summary>
    public IEnumerable<(VariantId VariantId, decimal Quantity)> Demand => OrderLine.Demand(Lines);

    /// <summary>Whether the goods are still to be handed over: until then customer and address are needed.</summary>
    public static bool IsOpenIn(OrderStatus status) =>
        status is not (OrderStatus.Delivered or OrderStatus.Completed or OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Returned);

    /// <summary>The steps that are possible now, for the business. A customer may only cancel, see <see cref="Cancel"/>.</summary>
    public string[] AllowedTransitions => TransitionsFrom(Status, DeliveryType);

    public static string[] TransitionsFrom(OrderStatus status, DeliveryType type) => status switch
    {
        OrderStatus.AwaitingPayment => ["authorize_payment", "cancel"],
        OrderStatus.Pending => ["confirm", "reject", "amend", "cancel"],
        OrderStatus.Confirmed => ["start_preparation", "ready", "amend", "cancel"],
        OrderStatus.Preparing => ["ready", "amend", "cancel"],
        OrderStatus.Ready => [type == DeliveryType.Delivery ? "hand_to_driver" : "collect", "cancel"],
        OrderStatus.OutForDelivery => ["complete_delivery", "fail_delivery"],
        OrderStatus.DeliveryFailed => ["redeliver", "return"],
        OrderStatus.Delivered => ["complete"],
        OrderStatus.Completed or OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Returned => [],
    };

    /// <summary>
    /// Places a priced draft: a card order awaits its payment, a cash order is pending at once, or confirmed where the
    /// business's terms say so. Rejects what breaks the draft's invariants (ORD-03, ORD-04), see <see cref="OrderErrors"/>.
    /// </summary>
    public static OrderEvent[] Place(OrderDraft draft, DateTimeOffset now)
    {
        draft.Check(now);
        var delivery = draft.DeliveryType == DeliveryType.Delivery;
        var totals = draft.Totals;
        var prepaid = draft.PaymentMethod == PaymentMethod.Card && totals.Total.Amount > 0;
        var placed = new OrderPlaced(
            draft.OrderId, draft.Number, draft.Channel, draft.DeliveryType, draft.Lines,
            totals.Subtotal, totals.Discount, totals.Tax, totals.TaxIncluded, totals.DeliveryFee, totals.Tip, totals.Total,
            draft.PaymentMethod, PaymentStatusOf(draft, prepaid),
            draft.CustomerId, draft.Contact, delivery ? draft.DropOff : null, // no address is kept that nobody needs
            draft.BusinessDate, draft.TrackingTokenHash, draft.Terms, draft.ScheduledFor,
            prepaid ? draft.Terms.PaymentDueBy(now) : null, prepaid ? null : draft.Terms.AcceptBy(now), draft.Coupon, draft.Points, now);
        return [placed, .. Evolve(null, placed).ConfirmedAlready(now)];
    }

    /// <summary>The business takes the order on.</summary>
    /// <param name="promisedAt">
    /// When the customer can expect the goods; not in the past. Null: when they are wanted, or when they can be ready.
    /// </param>
    /// <param name="now">When it is confirmed.</param>
    public OrderEvent[] Confirm(DateTimeOffset? promisedAt, DateTimeOffset now) => Status switch
    {
        OrderStatus.Confirmed => [],
        OrderStatus.Pending when PaymentMethod == PaymentMethod.Card && PaymentStatus == PaymentStatus.Failed => throw new DomainException(OrderErrors.NotPaid),
        OrderStatus.Pending when promisedAt < now => throw new DomainException(OrderErrors.InThePast("promised_at")),
        OrderStatus.Pending => [new OrderConfirmed(Id, Number, promisedAt ?? Promise(now), PaymentStatus == PaymentStatus.Authorized ? Total : null, now)],
        _ => throw Illegal("confirm"),
    };

    public OrderEvent[] Reject(string reason, DateTimeOffset now) => Status switch
    {
        OrderStatus.Rejected => [],
        OrderStatus.Pending => [new OrderRejected(Id, Number, reason, Reversed(), now)],
        _ => throw Illegal("reject"),
    };

    /// <summary>Scheduled for <see cref="AcceptBy"/>: rejects an order that the business has not answered by then, otherwise does nothing.</summary>
    public OrderEvent[] TimeoutAcceptance(DateTimeOffset now) =>
        Status == OrderStatus.Pending && now >= AcceptBy ? Reject("acceptance_timeout", now) : [];

    public OrderEvent[] StartPreparation(DateTimeOffset now) => Status switch
    {
        OrderStatus.Preparing => [],
        OrderStatus.Confirmed => [new OrderPreparationStarted(Id, Number, now)],
        _ => throw Illegal("start_preparation"),
    };

    public OrderEvent[] MarkReady(DateTimeOffset now) => Status switch
    {
        OrderStatus.Ready => [],
        OrderStatus.Confirmed or OrderStatus.Preparing => [new OrderReady(Id, Number, now)],
        _ => throw Illegal("ready"),
    };

    /// <summary>The driver has picked the goods up. An order has one active delivery.</summary>
    public OrderEvent[] HandToDriver(DeliveryId delivery, DriverId driver, DateTimeOffset now) => Status switch
    {
        OrderStatus.OutForDelivery when DeliveryId == delivery => [],
        OrderStatus.Ready when DeliveryType == DeliveryType.Delivery => [new OrderOutForDelivery(Id, Number, delivery, driver, now)],
        _ => throw Illegal("hand_to_driver"),
    };

    /// <summary>The driver has handed the goods over.</summary>
    /// <param name="cashCollected">Exactly <see cref="CashDue"/>, otherwise <c>cash_mismatch</c>; null when nothing is due.</param>
    /// <param name="now">When it was delivered.</param>
    public OrderEvent[] CompleteDelivery(Money? cashCollected, DateTimeOffset now) => Status switch
    {
        OrderStatus.Delivered or OrderStatus.Completed when DeliveryId is not null => [],
        OrderStatus.OutForDelivery => [new OrderDelivered(Id, Number, DeliveryId!.Value, Checked(cashCollected), now)],
        _ => throw Illegal("complete_delivery"),
    };

    /// <summary>The customer takes a pickup order away.</summary>
    /// <param name="cashCollected">Exactly <see cref="CashDue"/>, otherwise <c>cash_mismatch</c>; null when nothing is due.</param>
    /// <param name="now">When it was collected.</param>
    public OrderEvent[] Collect(Money? cashCollected, DateTimeOffset now) => Status switch
    {
        OrderStatus.Delivered or OrderStatus.Completed when DeliveryType == DeliveryType.Pickup => [],
        OrderStatus.Ready when DeliveryType == DeliveryType.Pickup => [new OrderCollected(Id, Number, Checked(cashCollected), now)],
        _ => throw Illegal("collect"),
    };

    public OrderEvent[] Close(DateTimeOffset now) => Status switch
    {
        OrderStatus.Completed => [],
        OrderStatus.Delivered => [new OrderCompleted(Id, Number, now)],
        _ => throw Illegal("complete"),
    };

    public OrderEvent[] FailDelivery(string reason, DateTimeOffset now) => Status switch
    {
        OrderStatus.DeliveryFailed => [],
        OrderStatus.OutForDelivery => [new OrderDeliveryFailed(Id, Number, DeliveryId!.Value, reason, now)],
        _ => throw Illegal("fail_delivery"),
    };

    public OrderEvent[] RequestRedelivery(DateTimeOffset now) => Status switch
    {
        OrderStatus.Ready when FailedDeliveries > 0 => [],
        OrderStatus.DeliveryFailed => [new OrderRedeliveryRequested(Id, Number, now)],
        _ => throw Illegal("redeliver"),
    };

    public OrderEvent[] ReturnToStore(DateTimeOffset now) => Status switch
    {
        OrderStatus.Returned => [],
        OrderStatus.DeliveryFailed => [new OrderReturned(Id, Number, Reversed(), now)],
        _ => throw Illegal("return"),
    };

    /// <summary>A customer may cancel until the order is confirmed, the business until it leaves (ORD-12).</summary>
    public OrderEvent[] Cancel(CanceledBy by, string reason, DateTimeOffset now) => Status switch
    {
        OrderStatus.Canceled => [],
        OrderStatus.AwaitingPayment or OrderStatus.Pending => [new OrderCanceled(Id, Number, by, reason, Reversed(), now)],
        OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready when by == CanceledBy.Business =>
            [new OrderCanceled(Id, Number, by, reason, Reversed(), now)],
        _ => throw (by == CanceledBy.Business ? Illegal("cancel") : Illegal("cancel", [])),
    };

    public static Order Evolve(Order? state, OrderEvent e) => (state, e) switch
    {
        (null, OrderPlaced placed) => new()
        {
            Id = placed.OrderId,
            Number = placed.Number,
            CustomerId = placed.CustomerId,
            Contact = placed.Contact,
            DropOff = placed.DropOff,
            Channel = placed.Channel,
            DeliveryType = placed.DeliveryType,
            Lines = placed.Lines,
            DeliveryFee = placed.DeliveryFee,
            LastLineNo = placed.Lines.Length,
            Goods = GoodsOf(placed.Lines, placed.TaxIncluded, placed.Tax),
            TaxIncluded = placed.TaxIncluded,
            Total = placed.Total,
            Tip = placed.Tip,
            BusinessDate = placed.BusinessDate,
            Status = placed.PaymentDueBy is null ? OrderStatus.Pending : OrderStatus.AwaitingPayment,
            PaymentMethod = placed.PaymentMethod,
            PaymentStatus = placed.PaymentStatus,
            Terms = placed.Terms,
            ScheduledFor = placed.ScheduledFor,
            PaymentDueBy = placed.PaymentDueBy,
            AcceptBy = placed.AcceptBy,
            Coupon = placed.Coupon,
            Points = placed.Points,
            PlacedAt = placed.At,
        },
        ({ }, OrderPaymentAuthorized paid) => state with
        {
            Status = OrderStatus.Pending,
            PaymentStatus = PaymentStatus.Authorized,
            PaymentReference = paid.Reference,
            Held = paid.Amount,
            AcceptBy = paid.AcceptBy,
        },
        ({ }, OrderPaymentExpired) => state with { Status = OrderStatus.Canceled, PaymentStatus = PaymentStatus.Expired },
        ({ }, OrderPaymentCaptured) => state with { PaymentStatus = PaymentStatus.Paid },
        ({ }, OrderPaymentFailed) => state with { PaymentStatus = PaymentStatus.Failed },
        ({ }, OrderRefundRequested requested) => state with { Refunds = [.. state.Refunds, new(requested.RefundId, requested.Lines)] },
        ({ }, OrderRefunded refunded) => state with { PaymentStatus = refunded.PaymentStatus },
        ({ }, OrderRefundFailed failed) => state.Without(failed),
        ({ }, OrderConfirmed confirmed) => state with { Status = OrderStatus.Confirmed, Held = confirmed.Held ?? state.Held },
        ({ }, OrderAmended amended) => state.After(amended),
        ({ }, OrderRejected) => state.Unfulfilled(OrderStatus.Rejected),
        ({ }, OrderPreparationStarted) => state with { Status = OrderStatus.Preparing },
        ({ }, OrderReady or OrderRedeliveryRequested) => state with { Status = OrderStatus.Ready },
        ({ }, OrderOutForDelivery left) => state with { Status = OrderStatus.OutForDelivery, DeliveryId = left.DeliveryId },
        ({ }, OrderDelivered delivered) => state.HandedOver(delivered.CashCollected),
        ({ }, OrderCollected collected) => state.HandedOver(collected.CashCollected),
        ({ }, OrderCompleted) => state with { Status = OrderStatus.Completed },
        ({ }, OrderDeliveryFailed) => state with { Status = OrderStatus.DeliveryFailed, FailedDeliveries = state.FailedDeliveries + 1 },
        ({ }, OrderReturned) => state.Unfulfilled(OrderStatus.Returned),
        ({ }, OrderCanceled) => state.Unfulfilled(OrderStatus.Canceled),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {state?.Status.ToString() ?? "an empty stream"}."),
    };

    /// <summary>Names no person, because states end up in logs.</summary>
    public override string ToString() => $"Order {Number}";

    private OrderEvent[] ConfirmedAlready(DateTimeOffset now) => Terms.AutoConfirm && Status == OrderStatus.Pending ? Confirm(null, now) : [];

    private DateTimeOffset Promise(DateTimeOffset now) => ScheduledFor > now ? ScheduledFor.Value : Terms.ReadyAt(now);

    private Order HandedOver(Money? cash) =>
        this with { Status = OrderStatus.Delivered, PaymentStatus = cash is null ? PaymentStatus : PaymentStatus.Paid };

    private Order Unfulfilled(OrderStatus status) =>
        this with { Status = status, PaymentStatus = PaymentStatus.IsSettled() ? PaymentStatus : PaymentStatus.Voided };

    /// <summary>The cash to record; null for a prepaid order, zero for a cash order that costs nothing.</summary>
    private Money? Checked(Money? cash) => (cash ?? Money.Zero(Total.Currency)) == CashDue
        ? PaymentMethod == PaymentMethod.Cash ? CashDue : null
        : throw new DomainException(OrderErrors.CashMismatch(CashDue, cash));

    /// <summary>The refusal of a step that the present status does not allow.</summary>
    public DomainException Illegal(string step) => Illegal(step, AllowedTransitions);

    private DomainException Illegal(string step, string[] allowed) =>
        new(DomainError.IllegalTransition("Order", JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()), step, allowed));
}
