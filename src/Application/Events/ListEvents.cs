using FluentValidation;
using MediatR;

namespace Mainstreet.Application.Events;

/// <summary>
/// What has happened in the business behind a position, oldest first (INT-05). Errors: position_gone (410) for a position that
/// the log has not reached.
/// </summary>
/// <param name="Wait">How long to wait for an event where there is none yet, up to 30 seconds.</param>
public sealed record ListEvents(EventFilter Filter, LogPlace Place, int Limit, TimeSpan Wait) : IRequest<EventPage>;

/// <param name="Position">Where to go on: everything up to here was looked at, though the filter may have hidden some of it.</param>
/// <param name="HasMore">Whether the log goes on there.</param>
/// <param name="Epoch">Of the log; 0 where it was never set back.</param>
public sealed record EventPage(IReadOnlyList<FeedEvent> Events, long Position, bool HasMore, long Epoch);

internal sealed class ListEventsValidator : AbstractValidator<ListEvents>
{
    public ListEventsValidator()
    {
        RuleFor(q => q.Filter.Types).KnownEventTypes();
        RuleFor(q => q.Place.After).GreaterThanOrEqualTo(0).OverridePropertyName("after");
        RuleFor(q => q.Place.Epoch).GreaterThanOrEqualTo(0).OverridePropertyName("epoch");
        RuleFor(q => q.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
        RuleFor(q => q.Wait.TotalSeconds).InclusiveBetween(0, 30).OverridePropertyName("wait");
    }
}

internal sealed class ListEventsHandler(IEventFeed feed) : IRequestHandler<ListEvents, EventPage>
{
    public async Task<EventPage> Handle(ListEvents query, CancellationToken cancellationToken)
    {
        using var reader = await feed.Open(query.Filter, query.Place, query.Limit, cancellationToken);
        var events = await reader.Next(query.Wait, cancellationToken);
        return new(events, reader.Position, reader.HasMore, reader.Epoch);
    }
}
