using System.Globalization;
using System.Text.Json;
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

public enum WebhookRatePeriod
{
    Second,
    Minute,
}

/// <summary>How many messages are sent in one second or minute of the clock, at most.</summary>
public sealed record WebhookRate(int Max, WebhookRatePeriod Per);

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
/// <c>order.*</c> or <c>*</c>. All <paramref name="Filters"/> that are for an event have to hold. An endpoint that met no success for
/// <paramref name="DisableAfterDays"/> is disabled; 0: never.
/// </summary>
public sealed partial record WebhookEndpointSettings(
    string Url,
    string[] EventTypes,
    string? Description = null,
    WebhookOrdering Ordering = WebhookOrdering.PerSubject,
    PayloadKind Payload = PayloadKind.Full,
    WebhookFilter[]? Filters = null,
    WebhookHeader[]? Headers = null,
    WebhookRate? Rate = null,
    int DisableAfterDays = WebhookEndpointSettings.DefaultDisableAfterDays)
{
    public const int DefaultDisableAfterDays = 5;

    /// <summary>Whether an event of this public type is among those asked for.</summary>
    public bool Matches(string publicEventType) => EventTypePattern.AnyMatches(EventTypes, publicEventType);

    /// <summary>Whether such an event is sent. <paramref name="data"/> is asked for where a filter wants to see it.</summary>
    public bool Wants(string publicEventType, Func<JsonElement> data) =>
        Matches(publicEventType) && (Filters is null || Array.TrueForAll(Filters, filter => !filter.IsFor(publicEventType) || filter.Holds(data())));

    public bool SameAs(WebhookEndpointSettings other) => JsonSerializer.Serialize(this, EventJson.Options) == JsonSerializer.Serialize(other, EventJson.Options);

    internal static bool IsPattern(string? text) => text is not null && Pattern().IsMatch(text);

    internal void Validate(bool httpAllowed)
    {
        Check.That(Check.IsAbsoluteWebAddress(Url), WebhookEndpointErrors.UrlInvalid);
        var url = new Uri(Url);
        Check.That(url.UserInfo.Length == 0 && url.Fragment.Length == 0, WebhookEndpointErrors.UrlInvalid);
        Check.That(httpAllowed || url.Scheme == Uri.UriSchemeHttps, WebhookEndpointErrors.HttpsRequired);
        Check.That(
            EventTypes.Length is >= 1 and <= 100 && EventTypes.All(IsPattern) && EventTypes.Distinct(StringComparer.Ordinal).Count() == EventTypes.Length,
            WebhookEndpointErrors.EventTypesInvalid);
        Check.That(Check.IsOptionalText(Description, 500), WebhookEndpointErrors.DescriptionInvalid);
        Check.That(Filters is null or { Length: <= 20 }, WebhookEndpointErrors.FilterInvalid("/filters", "An endpoint has at most 20 filters."));
        for (var i = 0; i < Filters?.Length; i++)
        {
            Filters[i].Validate(string.Create(CultureInfo.InvariantCulture, $"/filters/{i}"));
        }

        Check.That(Headers is null or { Length: <= WebhookHeader.Most } && (Headers ?? []).All(header => WebhookHeader.IsName(header.Name)), WebhookEndpointErrors.HeaderInvalid("/headers"));
        Check.That(Rate is null or { Max: >= 1 and <= 1000 }, WebhookEndpointErrors.RateInvalid);
        Check.That(DisableAfterDays is >= 0 and <= 30, WebhookEndpointErrors.DisableAfterInvalid);
    }

    [GeneratedRegex(@"\A(?:\*|[a-z][a-z0-9_]{0,62}\.(?:\*|[a-z][a-z0-9_]{0,62}))\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
