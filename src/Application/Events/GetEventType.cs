using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Events;

/// <summary>One kind of event with its schema and an example. Errors: not_found.</summary>
/// <param name="Type">Such as order.placed.</param>
public sealed record GetEventType(string Type) : IRequest<PublicEventType>;

internal sealed class GetEventTypeHandler : IRequestHandler<GetEventType, PublicEventType>
{
    private static readonly DomainError notFound = DomainError.NotFound("event type");

    public Task<PublicEventType> Handle(GetEventType query, CancellationToken cancellationToken) =>
        Task.FromResult(EventCatalog.Find(query.Type) ?? throw new DomainException(notFound));
}
