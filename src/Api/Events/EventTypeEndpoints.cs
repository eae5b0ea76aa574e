using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Api.Http;
using Mainstreet.Application.Events;
using MediatR;

namespace Mainstreet.Api.Events;

internal static class EventTypeEndpoints
{
    public static void MapEventTypes(this IEndpointRouteBuilder api)
    {
        var types = api.MapGroup("/event-types").WithTags("Events");
        types.MapGet("/", List).WithName("ListEventTypes").Public();
        types.MapGet("/{type}", Get).WithName("GetEventType").Public();
    }

    private static async Task<PageAnswer<EventTypeBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListEventTypes(paging), cancellationToken), type => new EventTypeBody(type.Type, type.SchemaVersion, type.Description));

    private static async Task<OkAnswer<EventTypeDetailsBody>> Get(string type, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetEventType(type), cancellationToken);
        return Answers.Ok(new EventTypeDetailsBody(found.Type, found.SchemaVersion, found.Description, found.Schema, found.Example));
    }
}

/// <param name="Type">Such as order.placed.</param>
/// <param name="SchemaVersion">Of the data of events recorded from now on.</param>
internal sealed record EventTypeBody(string Type, int SchemaVersion, string Description);

/// <param name="Schema">Of the whole body, as JSON Schema 2020-12; a thin body is without its data. Members marked x-personal-data read "[erased]", or are left out, once the person is erased.</param>
/// <param name="Example">A whole body.</param>
internal sealed record EventTypeDetailsBody(string Type, int SchemaVersion, string Description, JsonObject Schema, JsonElement Example);
