using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.Identity;

/// <summary>Where somebody is signed in, and signing out (IAM-12).</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Sign-in").RequireSignIn().OnPlatform();
        auth.MapPost("/logout", Logout).WithName("SignOut").Produces(StatusCodes.Status204NoContent);
        auth.MapGet("/sessions", List).WithName("ListSessions");
        auth.MapDelete("/sessions", EndOthers).WithName("EndOtherSessions").Produces(StatusCodes.Status204NoContent);
        auth.MapDelete("/sessions/{sessionId:guid}", End).WithName("EndSession").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Logout(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndSession(caller.Grant.UserId, caller.Grant.SessionId, SessionEnds.Logout), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<PageAnswer<SessionEntryBody>> List(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListSessions(caller.Grant.UserId, paging), cancellationToken), session => SessionEntryBody.Of(session, caller.Grant.SessionId));

    private static async Task<IResult> End(Guid sessionId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndSession(caller.Grant.UserId, sessionId, SessionEnds.Revoked), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> EndOthers(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new EndOtherSessions(caller.Grant.UserId, caller.Grant.SessionId), cancellationToken);
        return Results.NoContent();
    }
}

/// <param name="Device">What the client said of itself.</param>
/// <param name="Network">From where it was opened, without the end of the address.</param>
/// <param name="Current">The one of this request.</param>
internal sealed record SessionEntryBody(
    Guid Id, string Device, string Network, Guid BusinessId, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, bool Current)
{
    public static SessionEntryBody Of(SessionEntry session, Guid current) => new(
        session.SessionId, session.Device, session.Network, session.BusinessId.Value, session.CreatedAt, session.LastUsedAt, session.ExpiresAt,
        session.SessionId == current);
}
