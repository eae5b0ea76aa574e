using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Pos;

/// <summary>From opening a till to counting its cash (POS-06).</summary>
internal static class RegisterSessionEndpoints
{
    public static void MapRegisterSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/business/register-sessions").WithTags("Point of sale");
        sessions.MapGet("/", List).WithName("ListRegisterSessions").RequirePermission(Permissions.SalesRead);
        sessions.MapPost("/", Open).WithName("OpenRegister").RequirePermission(Permissions.SalesWrite)
            .Refuses(404, "not_found").Refuses(409, "already_exists", "session_already_open", "register_retired").Refuses(422, "amount_out_of_range", "currency_mismatch");

        var session = sessions.MapGroup("/{sessionId:guid}");
        session.MapGet("/", Get).WithName("GetRegisterSession").LooksBack().RequirePermission(Permissions.SalesRead);
        session.MapGet("/report", Report).WithName("GetRegisterReport").LooksBack().RequirePermission(Permissions.SalesRead);
        Step(session.MapPost("/pay-in", PayIn).WithName("PayCashIn")).Refuses(400, "reason_required");
        Step(session.MapPost("/pay-out", PayOut).WithName("PayCashOut")).Refuses(400, "reason_required").Refuses(422, "not_enough_cash");
        Step(session.MapPost("/close", Close).WithName("CloseRegister"));
        session.MapPost("/reopen", Reopen).WithName("ReopenRegister").RequirePermission(Permissions.RegistersWrite).For(Purpose.WindUp)
            .Refuses(400, "reason_required").Refuses(409, "session_open", "session_followed", "register_moved", "register_retired");
    }

    private static RouteHandlerBuilder Step(RouteHandlerBuilder step) => step
        .RequirePermission(Permissions.SalesWrite).For(Purpose.WindUp).Refuses(409, "session_closed").Refuses(422, "amount_out_of_range", "currency_mismatch");

    private static async Task<PageAnswer<RegisterSessionBody>> List(
        Guid? registerId, Choice<RegisterSessionStatus>? status, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(new ListRegisterSessions(paging, registerId is { } id ? new RegisterId(id) : null, status?.Value), cancellationToken),
            RegisterSessionBody.Of);

    private static async Task<CreatedAnswer<OpenedRegisterBody>> Open(OpenRegisterRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var id = new RegisterSessionId(request.Id ?? Uuid.New());
        var opened = await mediator.Send(new OpenRegister(id, new(request.RegisterId), request.OpeningFloat), cancellationToken);
        return Answers.Created($"/business/register-sessions/{id}", new OpenedRegisterBody(id.Value, request.RegisterId, request.OpeningFloat, opened.Version), opened);
    }

    private static async Task<OkAnswer<RegisterSessionBody>> Get(Guid sessionId, IMediator mediator, CancellationToken cancellationToken)
    {
        var session = await mediator.Send(new GetRegisterSession(new(sessionId)), cancellationToken);
        return Answers.Ok(RegisterSessionBody.Of(session), session.Version);
    }

    private static async Task<OkAnswer<RegisterReportBody>> Report(Guid sessionId, IMediator mediator, CancellationToken cancellationToken)
    {
        var session = await mediator.Send(new GetRegisterSession(new(sessionId)), cancellationToken);
        return Answers.Ok(RegisterReportBody.Of(session), session.Version);
    }

    private static async Task<NoContentAnswer> PayIn(Guid sessionId, MoveCashRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new PayCashIn(new(sessionId), ifMatch.Version, request.Amount, request.Reason), cancellationToken));

    private static async Task<NoContentAnswer> PayOut(Guid sessionId, MoveCashRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new PayCashOut(new(sessionId), ifMatch.Version, request.Amount, request.Reason), cancellationToken));

    private static async Task<NoContentAnswer> Close(Guid sessionId, CloseRegisterRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CloseRegister(new(sessionId), ifMatch.Version, request.Counted, request.Note), cancellationToken));

    private static async Task<NoContentAnswer> Reopen(Guid sessionId, ReopenRegisterRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReopenRegister(new(sessionId), ifMatch.Version, request.Reason), cancellationToken));
}

/// <param name="OpeningFloat">The cash in the drawer.</param>
/// <param name="Id">Of the session; chosen by the client, or left out.</param>
internal sealed record OpenRegisterRequest(Guid RegisterId, Money OpeningFloat, Guid? Id = null);

internal sealed record OpenedRegisterBody(Guid Id, Guid RegisterId, Money OpeningFloat, int Version);

/// <param name="Reason">What the cash is for.</param>
internal sealed record MoveCashRequest(Money Amount, string Reason);

/// <param name="Counted">The cash in the drawer.</param>
internal sealed record CloseRegisterRequest(Money Counted, string? Note = null);

/// <param name="Reason">Why the till was closed too early.</param>
internal sealed record ReopenRegisterRequest(string Reason);
