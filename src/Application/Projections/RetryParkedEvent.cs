using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>Has a subscription try the event again before which it stands. Errors: not_found (404), event_not_parked (409).</summary>
public sealed record RetryParkedEvent(string Name, Guid EventId, ProjectionScope Scope) : IRequest<Committed>;

internal sealed class RetryParkedEventHandler(IParkedEvents parked) : IRequestHandler<RetryParkedEvent, Committed>
{
    public async Task<Committed> Handle(RetryParkedEvent command, CancellationToken cancellationToken)
    {
        await parked.Decide(command.Name, command.EventId, command.Scope, ParkedState.Retried, reason: null, cancellationToken);
        return new(0);
    }
}
