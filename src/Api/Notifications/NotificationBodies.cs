using Mainstreet.Application.Notifications;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Api.Notifications;

/// <param name="Number">Of the order.</param>
/// <param name="Kind">What the customer was told, as in order.confirmed.</param>
/// <param name="Recipient">The address or number; left out when there is none, or it was erased.</param>
/// <param name="Reason">Why it failed: a code of the product or, as in twilio_21211, of the provider.</param>
/// <param name="Reference">What the provider calls it.</param>
/// <param name="Attempt">1, and one more each time that it was sent again.</param>
internal sealed record NotificationBody(
    Guid Id, Guid OrderId, string Number, string Kind, NotificationChannel Channel, NotificationStatus Status, string? Recipient, string? Reason, string? Reference, int Attempt,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
{
    public static NotificationBody Of(NotificationView view) => new(
        view.NotificationId.Value, view.OrderId.Value, view.Number, view.Kind, view.Channel, view.Status, view.Recipient, view.Reason, view.Reference, view.Attempt,
        view.CreatedAt, view.UpdatedAt, view.Version);
}

/// <param name="Rules">One for every kind, in the order of the steps of an order.</param>
internal sealed record NotificationSettingsBody(NotificationRuleBody[] Rules, string? CallingCode, string? TrackingUrl)
{
    public static NotificationSettingsBody Of(NotificationSettings settings) => new(
        [.. NotificationKind.All.Select(kind => NotificationRuleBody.Of(kind, settings.Rule(kind.Name)))], settings.CallingCode, settings.TrackingUrl);
}

/// <param name="Essential">Customers cannot turn it off.</param>
/// <param name="Channels">Left out: as usual, by e-mail or where that does not reach a customer by SMS, and by push where that was asked for.</param>
/// <param name="Placeholders">What its words may name.</param>
internal sealed record NotificationRuleBody(
    string Kind, bool Essential, NotificationChannel[]? Channels, string? WhatsappContent, IReadOnlyList<string> Placeholders)
{
    public static NotificationRuleBody Of(NotificationKind kind, NotificationRule rule) => new(kind.Name, kind.Essential, rule.Channels, rule.WhatsappContent, kind.Placeholders);
}

/// <param name="Rules">What is not to be as usual; the kinds that are left out are.</param>
/// <param name="CallingCode">Of telephone numbers that customers write without one, such as 972. Left out: those cannot be reached.</param>
/// <param name="TrackingUrl">The page on which customers follow an order, with {order_id} and {token} in it. Left out: the storefront's.</param>
internal sealed record ChangeNotificationSettingsRequest(NotificationRuleRequest[] Rules, string? CallingCode = null, string? TrackingUrl = null);

/// <param name="Kind">As in order.confirmed.</param>
/// <param name="Channels">Empty: customers are not told. Left out: as usual.</param>
/// <param name="WhatsappContent">The approved template that WhatsApp messages are sent with, HX...; its variables are the names of the placeholders.</param>
internal sealed record NotificationRuleRequest(string Kind, NotificationChannel[]? Channels = null, string? WhatsappContent = null)
{
    public NotificationRule ToRule() => new(Kind, Channels, WhatsappContent);
}

/// <param name="Muted">Kinds that the customer is not told.</param>
/// <param name="Refused">Channels on which nothing comes.</param>
/// <param name="Optional">Kinds that can be muted.</param>
internal sealed record CustomerWishesBody(string[] Muted, NotificationChannel[] Refused, string[] Optional);

/// <param name="Muted">All of them from now on.</param>
/// <param name="Refused">All of them from now on, as after a STOP to an SMS.</param>
internal sealed record ChooseNotificationsRequest(string[]? Muted = null, NotificationChannel[]? Refused = null);

/// <param name="PublicKey">The applicationServerKey with which a browser subscribes.</param>
internal sealed record PushKeyBody(string PublicKey);

/// <summary>A subscription as browsers give it (PushSubscription.toJSON).</summary>
internal sealed record SubscribeRequest(string Endpoint, SubscriptionKeys Keys);

internal sealed record SubscriptionKeys(string P256dh, string Auth);

internal sealed record PushSubscriptionBody(Guid Id);
