namespace Mainstreet.Domain.Notifications;

/// <summary>On which way a customer is told something.</summary>
public enum NotificationChannel
{
    Email,
    Sms,
    Whatsapp,
    Push,
}

/// <summary>Something that a customer is told about an order (ORD-10): one per step that it takes.</summary>
/// <param name="Name">As in order.confirmed: what became of the order, and not always the name of one event.</param>
/// <param name="Essential">The customer cannot turn it off: it says that there is a contract, that there is none, or what becomes of money.</param>
/// <param name="HasLines">A mail of this kind says what was ordered and what it costs.</param>
/// <param name="HasAmount">It is about an amount of money that is not the order's total.</param>
/// <param name="HasTime">It knows when the goods can be expected.</param>
public sealed record NotificationKind(string Name, bool Essential = false, bool HasLines = false, bool HasAmount = false, bool HasTime = false)
{
    public const string Placed = "order.placed";
    public const string Amended = "order.amended";
    public const string Confirmed = "order.confirmed";
    public const string Rejected = "order.rejected";
    public const string Preparing = "order.preparing";
    public const string Ready = "order.ready";
    public const string OutForDelivery = "order.out_for_delivery";
    public const string Delivered = "order.delivered";
    public const string Collected = "order.collected";
    public const string Completed = "order.completed";
    public const string DeliveryFailed = "order.delivery_failed";
    public const string Redelivery = "order.redelivery";
    public const string Returned = "order.returned";
    public const string Canceled = "order.canceled";
    public const string PaymentExpired = "order.payment_expired";
    public const string PaymentFailed = "order.payment_failed";
    public const string Refunded = "order.refunded";
    public const string Message = "order.message";

    /// <summary>How long after the step it is worth telling. What could not be told by then is a failure, and somebody may send it all the same.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(6);

    private static readonly string[] always = ["shop", "name", "number", "total", "link"];

    public static IReadOnlyList<NotificationKind> All { get; } =
    [
        new(Placed, Essential: true, HasLines: true),
        new(Confirmed, Essential: true, HasLines: true, HasTime: true),
        new(Amended, Essential: true, HasLines: true),
        new(Rejected, Essential: true),
        new(Preparing),
        new(Ready),
        new(OutForDelivery),
        new(Delivered),
        new(Collected),
        new(Completed),
        new(DeliveryFailed, Essential: true),
        new(Redelivery),
        new(Returned, Essential: true),
        new(Canceled, Essential: true),
        new(PaymentExpired, Essential: true),
        new(PaymentFailed, Essential: true),
        new(Refunded, Essential: true, HasAmount: true),
        new(Message),
    ];

    /// <summary>What its words may name.</summary>
    public IReadOnlyList<string> Placeholders =>
        [.. always, .. HasLines ? ["lines", "subtotal", "discount", "delivery_fee", "tip", "tax"] : Array.Empty<string>(), .. HasAmount ? ["amount"] : Array.Empty<string>(), .. HasTime ? ["time"] : Array.Empty<string>()];

    public static bool IsKnown(string name) => All.Any(kind => kind.Name == name);

    /// <summary>Errors: not_found (404).</summary>
    public static NotificationKind Of(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? throw new DomainException(DomainError.NotFound("notification"));
}
