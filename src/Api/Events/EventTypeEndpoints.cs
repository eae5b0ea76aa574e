using Mainstreet.Api.Http;
using Mainstreet.Application.Events;
using MediatR;

namespace Mainstreet.Api.Events;

internal static class EventTypeEndpoints
{
    public static void MapEventTypes(this IEndpointRouteBuilder api) =>
        api.MapGet("/event-types", List).WithTags("Events").WithName("ListEventTypes").Public();

    private static async Task<PageAnswer<EventTypeBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListEventTypes(paging), cancellationToken), type => new EventTypeBody(type.Type, type.SchemaVersion));
}

/// <param name="Type">Such as order.placed.</param>
/// <param name="SchemaVersion">Of the data of events recorded from now on.</param>
internal sealed record EventTypeBody(string Type, int SchemaVersion);
