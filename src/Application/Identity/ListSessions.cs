using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>Where the user or customer is signed in, the session used last first. Runs in the tenant of the account.</summary>
public sealed record ListSessions(UserId UserId, PageRequest Page) : IRequest<Page<SessionEntry>>;

internal sealed class ListSessionsHandler(ISessions sessions) : IRequestHandler<ListSessions, Page<SessionEntry>>
{
    private const string List = "sessions";

    public async Task<Page<SessionEntry>> Handle(ListSessions query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await sessions.Of(query.UserId, after is null ? null : (after.Time(0), after.Id(1)), query.Page.Rows, cancellationToken);
        return query.Page.Cut(rows, List, session => [session.LastUsedAt, session.SessionId]);
    }
}
