using System.Globalization;
using FluentValidation;
using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Webhooks;

internal static class WebhookRules
{
    /// <summary>A misspelt event type would be waited for in vain.</summary>
    public static IRuleBuilderOptions<T, string> KnownEventType<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(EventCatalog.Knows).WithErrorCode("event_type_unknown").WithMessage("There is no such event type; GET /event-types lists them.");

    /// <summary>Errors: filter_invalid (400).</summary>
    public static void RequireKnown(WebhookFilter[]? filters)
    {
        for (var i = 0; i < filters?.Length; i++)
        {
            var unknown = Array.FindIndex(filters[i].EventTypes ?? [], type => type is null || !EventCatalog.Knows(type));
            Check.That(unknown < 0, WebhookEndpointErrors.FilterInvalid(
                string.Create(CultureInfo.InvariantCulture, $"/filters/{i}/event_types/{unknown}"), "There is no such event type; GET /event-types lists them."));
        }
    }

    /// <summary>Errors: what the transport will not send to. Where it would send plain http, the aggregate may allow it.</summary>
    public static void RequireReachable(this IWebhookTransport transport, string url, bool sandbox)
    {
        if (transport.Check(url, sandbox) is { } error)
        {
            throw new DomainException(error);
        }
    }
}
