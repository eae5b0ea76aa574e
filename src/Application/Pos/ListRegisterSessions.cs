using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>Sessions, the newest first.</summary>
/// <param name="RegisterId">Of one till; null: of all.</param>
public sealed record ListRegisterSessions(PageRequest Page, RegisterId? RegisterId, RegisterSessionStatus? Status) : IRequest<Page<RegisterSessionView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetRegisterSession(RegisterSessionId SessionId) : IRequest<RegisterSessionView>;

internal sealed class ListRegisterSessionsHandler(IReadStore reads) : IRequestHandler<ListRegisterSessions, Page<RegisterSessionView>>
{
    public async Task<Page<RegisterSessionView>> Handle(ListRegisterSessions query, CancellationToken cancellationToken)
    {
        var list = $"register sessions {query.RegisterId} {query.Status}";
        var after = query.Page.After(list);
        var rows = await reads.List<RegisterSessionView>(
            $"""
            select * from rm.register_sessions where true
               {(query.RegisterId is null ? "" : "and register_id = @register_id")}
               {(query.Status is null ? "" : "and status = @status")}
               {(after is null ? "" : "and (opened_at, session_id) < (@opened_at, @session_id)")}
             order by opened_at desc, session_id desc limit @rows
            """,
            new { query.RegisterId, query.Status, query.Page.Rows, OpenedAt = after?.Time(0), SessionId = after?.Id(1) },
            cancellationToken);
        return query.Page.Cut(rows, list, session => [session.OpenedAt, session.SessionId]);
    }
}

internal sealed class GetRegisterSessionHandler(IReadStore reads) : IRequestHandler<GetRegisterSession, RegisterSessionView>
{
    public async Task<RegisterSessionView> Handle(GetRegisterSession query, CancellationToken cancellationToken) =>
        await reads.Find<RegisterSessionView>("select * from rm.register_sessions where session_id = @session_id", new { query.SessionId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("register session"));
}
