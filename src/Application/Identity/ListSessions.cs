using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>Where the user or customer is signed in, the session used last first. Runs in the tenant of the account.</summary>
public sealed record ListSessions(UserId UserId) : IRequest<IReadOnlyList<SessionEntry>>;

internal sealed class ListSessionsHandler(ISessions sessions) : IRequestHandler<ListSessions, IReadOnlyList<SessionEntry>>
{
    public Task<IReadOnlyList<SessionEntry>> Handle(ListSessions query, CancellationToken cancellationToken) => sessions.Of(query.UserId, cancellationToken);
}
