using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Webhooks;

public enum WebhookOrdering
{
    /// <summary>Messages go out as soon as they can.</summary>
    None,

    /// <summary>A message waits for the earlier ones about the same subject, such as one order.</summary>
    PerSubject,

    /// <summary>A message waits for all earlier ones.</summary>
    Strict,
}

public enum PayloadKind
{
    /// <summary>Ids only: whoever receives it asks the API for the rest.</summary>
    Thin,
    Full,
}

public enum DisableReason
{
    Manual,

    /// <summary>The receiver answered 410.</summary>
    Gone,

    /// <summary>The receiver failed for days.</summary>
    Failing,
}

/// <summary>Where sending goes on at an endpoint that was disabled.</summary>
public enum WebhookResume
{
    /// <summary>Where it stopped: what happened in the meantime follows.</summary>
    LastAcked,

    /// <summary>With what happens next; what waits is not sent.</summary>
    Now,

    /// <summary>At a position of the log: what is behind it is sent, again where it was sent before, and what waits from before it is not.</summary>
    Position,
}

/// <summary>
/// Where messages go and which. <paramref name="EventTypes"/> are public event types or patterns: <c>order.placed</c>,
/// <c>order.*</c> or <c>*</c>.
/// </summary>
public sealed partial record WebhookEndpointSettings(
    string Url,
    string[] EventTypes,
    string? Description = null,
    WebhookOrdering Ordering = WebhookOrdering.PerSubject,
    PayloadKind Payload = PayloadKind.Full)
{
    /// <summary>Whether an event of this public type is among those asked for.</summary>
    public bool Matches(string publicEventType) => EventTypePattern.AnyMatches(EventTypes, publicEventType);

    public bool SameAs(WebhookEndpointSettings other) => EventTypes.SequenceEqual(other.EventTypes, StringComparer.Ordinal) && this with { EventTypes = other.EventTypes } == other;

    internal void Validate(bool httpAllowed)
    {
        Check.That(Check.IsAbsoluteWebAddress(Url), WebhookEndpointErrors.UrlInvalid);
        var url = new Uri(Url);
        Check.That(url.UserInfo.Length == 0 && url.Fragment.Length == 0, WebhookEndpointErrors.UrlInvalid);
        Check.That(httpAllowed || url.Scheme == Uri.UriSchemeHttps, WebhookEndpointErrors.HttpsRequired);
        Check.That(
            EventTypes.Length is >= 1 and <= 100 && EventTypes.All(pattern => Pattern().IsMatch(pattern)) && EventTypes.Distinct(StringComparer.Ordinal).Count() == EventTypes.Length,
            WebhookEndpointErrors.EventTypesInvalid);
        Check.That(Check.IsOptionalText(Description, 500), WebhookEndpointErrors.DescriptionInvalid);
    }

    [GeneratedRegex(@"\A(?:\*|[a-z][a-z0-9_]{0,62}\.(?:\*|[a-z][a-z0-9_]{0,62}))\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
