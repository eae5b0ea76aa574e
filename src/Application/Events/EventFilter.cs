using FluentValidation;
using Mainstreet.Domain;

namespace Mainstreet.Application.Events;

/// <summary>Which events a reader asks for.</summary>
/// <param name="Types">Public event types or patterns such as order.*; none: all.</param>
/// <param name="CorrelationId">Those of one request, and of what followed from it.</param>
public sealed record EventFilter(string[] Types, Guid? CorrelationId)
{
    public static readonly EventFilter All = new([], CorrelationId: null);

    public bool Allows(string publicType) => Types is [] || EventTypePattern.AnyMatches(Types, publicType);

    public bool Allows(FeedEvent e) => (CorrelationId is null || CorrelationId == e.CorrelationId) && Allows(e.Type);
}

internal static class EventFilterRules
{
    /// <summary>A misspelt event type would be waited for in vain.</summary>
    public static IRuleBuilderOptions<T, string[]> KnownEventTypes<T>(this IRuleBuilder<T, string[]> rule) =>
        rule.Must(types => Array.TrueForAll(types, EventCatalog.Knows)).WithErrorCode("event_type_unknown")
            .WithMessage("There is no such event type; GET /event-types lists them.").OverridePropertyName("types");
}
