using Mainstreet.Api.Http;
using Mainstreet.Api.Http.Limits;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Inbound;

/// <summary>Where providers tell what has happened (INT-01). What is verified is kept when this answers, and processed later.</summary>
internal static class InboundEndpoints
{
    private const int MostBytes = 512 * 1024;
    private static readonly string[] challenge = ["hub.mode", "hub.verify_token", "hub.challenge"];

    public static void MapInbound(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks/{provider}").WithTags("Inbound");
        webhooks.MapPost("/", (string provider, HttpContext http, NotificationReceiver receiver, CancellationToken cancellationToken) => receiver.Receive(provider, null, http, cancellationToken))
            .WithName("ReceiveInbound").OfProviders().Refuses(400, "account_missing").Refuses(503, "inbound_full");
        webhooks.MapPost("/{connectionId:guid}", (string provider, Guid connectionId, HttpContext http, NotificationReceiver receiver, CancellationToken cancellationToken) =>
                receiver.Receive(provider, new ConnectionId(connectionId), http, cancellationToken))
            .WithName("ReceiveConnectionInbound").OfProviders();
        webhooks.MapGet("/{connectionId:guid}", Answer).WithName("AnswerWebhookChallenge").Public(readsToken: false).OnPlatform().Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithMetadata([.. challenge.Select(name => new ReadsParameter(name, InQuery: true, "With which Meta checks the address."))])
            .Refuses(403, "challenge_refused").Refuses(404, "not_found");
    }

    private static RouteHandlerBuilder OfProviders(this RouteHandlerBuilder endpoint) => endpoint
        .Public(readsToken: false).OnPlatform().For(Purpose.Attend).AllowBody(MostBytes).WithMetadata(new CountedAsInbound())
        .WithMetadata(new ReadsParameter("token", InQuery: true, "The secret of providers that sign nothing."))
        .Refuses(400, "inbound_malformed").Refuses(401, "signature_invalid").Refuses(404, "not_found");

    private static async Task<IResult> Answer(string provider, Guid connectionId, HttpRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var query = request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal);
        return Results.Text(await mediator.Send(new AnswerChallenge(provider, new(connectionId), query), cancellationToken), "text/plain");
    }
}
