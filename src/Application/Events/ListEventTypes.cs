using MediatR;

namespace Mainstreet.Application.Events;

/// <summary>What integrators can ask to be told, by name.</summary>
public sealed record ListEventTypes(PageRequest Page) : IRequest<Page<PublicEventType>>;

internal sealed class ListEventTypesHandler : IRequestHandler<ListEventTypes, Page<PublicEventType>>
{
    private const string List = "event types";

    public Task<Page<PublicEventType>> Handle(ListEventTypes query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List)?.Text(0);
        var rows = EventCatalog.All.Where(type => string.CompareOrdinal(type.Type, after) > 0).Take(query.Page.Rows).ToArray();
        return Task.FromResult(query.Page.Cut(rows, List, type => [type.Type]));
    }
}
