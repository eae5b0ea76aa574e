namespace Mainstreet.Domain.Notifications;

public static class NotificationErrors
{
    public static readonly DomainError Sent = new("notification_sent", "The provider has taken this message already; nobody is told anything twice.", ErrorKind.Conflict);

    public static readonly DomainError CallingCodeInvalid =
        new("calling_code_invalid", "A calling code is 1 to 3 digits without the plus, such as 972.", ErrorKind.Invalid) { Place = "/calling_code" };

    public static readonly DomainError TrackingUrlInvalid =
        new("tracking_url_invalid", "A tracking page is an absolute http(s) address with {order_id} and {token} in it.", ErrorKind.Invalid) { Place = "/tracking_url" };

    public static DomainError KindUnknown(string kind) => new(
        "notification_unknown", $"There is no notification {kind}: GET /business/notification-settings lists them.", ErrorKind.Invalid,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["kind"] = kind })
    { Place = "/rules" };

    public static DomainError Essential(string kind) => new(
        "notification_essential", $"{kind} cannot be turned off.", Details: new Dictionary<string, object?>(StringComparer.Ordinal) { ["kind"] = kind })
    { Place = "/muted" };

    public static DomainError ContentInvalid(string kind) => new(
        "whatsapp_content_invalid", "A template of WhatsApp is named by the provider: HX and 32 hexadecimal digits.", ErrorKind.Invalid,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["kind"] = kind })
    { Place = "/rules" };
}
