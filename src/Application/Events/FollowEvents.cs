using FluentValidation;
using MediatR;

namespace Mainstreet.Application.Events;

/// <summary>
/// A reader of what has happened behind a position and of all that happens from then on; whoever asks ends it. Errors:
/// position_gone (410) for a position that the log has not reached.
/// </summary>
public sealed record FollowEvents(EventFilter Filter, LogPlace Place) : IRequest<IEventReader>;

internal sealed class FollowEventsValidator : AbstractValidator<FollowEvents>
{
    public FollowEventsValidator()
    {
        RuleFor(q => q.Filter.Types).KnownEventTypes();
        RuleFor(q => q.Place.Epoch).GreaterThanOrEqualTo(0).OverridePropertyName("epoch");
    }
}

internal sealed class FollowEventsHandler(IEventFeed feed) : IRequestHandler<FollowEvents, IEventReader>
{
    private const int AtOnce = 20; // a client that takes its time holds no more than these

    public Task<IEventReader> Handle(FollowEvents query, CancellationToken cancellationToken) =>
        feed.Open(query.Filter, query.Place, AtOnce, cancellationToken);
}
