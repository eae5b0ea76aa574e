namespace Mainstreet.Domain.Webhooks;

public static class WebhookEndpointErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("webhook endpoint");
    public static readonly DomainError AlreadyExists = new("already_exists", "There is a webhook endpoint with this id already.", ErrorKind.Conflict);
    public static readonly DomainError Disabled = new("webhook_endpoint_disabled", "The webhook endpoint is disabled. Enable it, and sending goes on where it stopped.", ErrorKind.Conflict);
    public static readonly DomainError EnabledAlready = new("webhook_endpoint_enabled", "The webhook endpoint is enabled, so there is nothing to resume. A replay sends again what happened.", ErrorKind.Conflict);
    public static readonly DomainError DeliveryNotFound = DomainError.NotFound("webhook delivery");
    public static readonly DomainError TooMany = new(
        "webhook_endpoint_limit_reached", $"A business has {WebhookEndpoint.Most} webhook endpoints at most. Delete one first.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = WebhookEndpoint.Most });
    public static readonly DomainError UrlInvalid = Invalid("url_invalid", "A webhook address is an absolute http(s) one without user info and fragment, of at most 2,048 characters.");
    public static readonly DomainError HttpsRequired = new("https_required", "Outside test businesses a webhook address is an https one.");
    public static readonly DomainError EventTypesInvalid = Invalid("event_types_invalid", "There are 1 to 100 different event types such as order.placed, order.* or *.");
    public static readonly DomainError DescriptionInvalid = Invalid("description_invalid", "A description has at most 500 characters.");
    public static readonly DomainError SignatureUnavailable = new("signature_unavailable", "This installation cannot sign by Ed25519: it has no OpenSSL. Choose hmac_sha256.") { Place = "/signature" };
    public static readonly DomainError SecretMissing = Invalid("secret_missing", "A webhook endpoint has a secret.");

    public static readonly DomainError RateInvalid = Invalid("rate_invalid", "A rate is 1 to 1,000 messages in a second or a minute.") with { Place = "/rate/max" };
    public static readonly DomainError DisableAfterInvalid = Invalid("disable_after_invalid", "An endpoint is disabled after 1 to 30 days without a success, or never: 0.") with { Place = "/disable_after_days" };

    /// <param name="place">The pointer of what is wrong.</param>
    public static DomainError FilterInvalid(string place, string message) => Invalid("filter_invalid", message) with { Place = place };

    public static DomainError HeaderInvalid(string place) => Invalid(
        "header_invalid",
        "There are at most 20 headers, each named once, by 1 to 64 letters, digits or hyphens; those of the connection, the body and of webhooks are not for others. A value is 1 to 4,096 printable ASCII characters.") with
    { Place = place };

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
