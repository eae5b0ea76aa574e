using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>Events that a subscription cannot take, or could not. Errors: not_found (404), invalid_cursor (400).</summary>
public sealed record ListParkedEvents(string Name, ProjectionScope Scope, ParkedState State, PageRequest Page) : IRequest<Page<ParkedEvent>>;

internal sealed class ListParkedEventsHandler(IParkedEvents parked) : IRequestHandler<ListParkedEvents, Page<ParkedEvent>>
{
    public Task<Page<ParkedEvent>> Handle(ListParkedEvents query, CancellationToken cancellationToken) =>
        parked.List(query.Name, query.Scope, query.State, query.Page, cancellationToken);
}
