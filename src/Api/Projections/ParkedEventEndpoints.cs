using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Projections;
using MediatR;

namespace Mainstreet.Api.Projections;

/// <summary>
/// Events that a projection, a policy or the webhook outlet could not take: for operators with the whole error, for each business
/// its own.
/// </summary>
internal static class ParkedEventEndpoints
{
    public static void MapParkedEvents(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin/projections/{name}/parked").WithTags("Operations");
        Map(admin, "", Permissions.AdminOperations, Permissions.AdminProjections, _ => new(null), isWhole: true);
        var business = api.MapGroup("/business/projections/{name}/parked").WithTags("Projections");
        Map(business, "Business", Permissions.ProjectionsRead, Permissions.ProjectionsRebuild, tenant => new(tenant.Tenant), isWhole: false);
    }

    private static void Map(
        RouteGroupBuilder group, string whose, string read, string decide, Func<ITenantContext, ProjectionScope> scope, bool isWhole)
    {
        group.MapGet("/", (string name, Choice<ParkedState>? state, Paging paging, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                List(new ListParkedEvents(name, scope(tenant), state?.Value ?? ParkedState.Parked, paging), isWhole, mediator, cancellationToken))
            .WithName($"List{whose}ParkedEvents").RequirePermission(read);
        group.MapPost("/{eventId:guid}/retry", (string name, Guid eventId, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Decide(new RetryParkedEvent(name, eventId, scope(tenant)), mediator, cancellationToken))
            .WithName($"Retry{whose}ParkedEvent").RequirePermission(decide).Refuses(409, "event_not_parked");
        group.MapPost("/{eventId:guid}/skip", (
                    string name, Guid eventId, SkipParkedEventRequest request, IMediator mediator, ITenantContext tenant, CancellationToken cancellationToken) =>
                Decide(new SkipParkedEvent(name, eventId, scope(tenant), request.Reason), mediator, cancellationToken))
            .WithName($"Skip{whose}ParkedEvent").RequirePermission(decide).Refuses(409, "event_not_parked");
    }

    private static async Task<PageAnswer<ParkedEventBody>> List(ListParkedEvents query, bool isWhole, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(query, cancellationToken), parked => ParkedEventBody.Of(parked, isWhole));

    private static async Task<NoContentAnswer> Decide(IRequest<Committed> command, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(command, cancellationToken));
}

/// <param name="Reason">Why it can be done without the event; kept with it.</param>
internal sealed record SkipParkedEventRequest(string Reason);

/// <param name="EventId">Names it when it is retried or skipped.</param>
/// <param name="Position">Of the event in the business's log.</param>
/// <param name="Error">Why it could not be taken.</param>
/// <param name="Since">When it was parked.</param>
/// <param name="State">parked, or what became of it: retried, skipped, rebuilt</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="DecidedBy">The user who had it retried or skipped.</param>
internal sealed record ParkedEventBody(
    Guid TenantId, long Position, Guid EventId, string EventType, int SchemaVersion, string Error, DateTimeOffset Since, ParkedState State,
    string? Reason, Guid? DecidedBy, DateTimeOffset? DecidedAt)
{
    /// <param name="isWhole">False: only the error's first line, for its stack is of no use outside.</param>
    public static ParkedEventBody Of(ParkedEvent parked, bool isWhole) => new(
        parked.TenantId, parked.Position, parked.EventId, parked.PublicType, parked.SchemaVersion,
        isWhole ? parked.Error : parked.Error.Split('\n', 2)[0].TrimEnd(), parked.ParkedAt, parked.State, parked.Reason, parked.DecidedBy, parked.DecidedAt);
}
