using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Ends one session (IAM-12): its refresh token is good for nothing, and its access tokens are refused, by this process at once and by
/// others within a second. Runs in the tenant of the account. Errors: not_found (404), also for a session that is over.
/// </summary>
/// <param name="Why">One of <see cref="SessionEnds"/>.</param>
public sealed record EndSession(UserId UserId, Guid SessionId, string Why) : IRequest;

/// <summary>Ends all sessions but one. Runs in the tenant of the account.</summary>
public sealed record EndOtherSessions(UserId UserId, Guid Kept) : IRequest<int>;

internal sealed class EndSessionHandler(ISessions sessions) : IRequestHandler<EndSession>
{
    public async Task<Unit> Handle(EndSession command, CancellationToken cancellationToken)
    {
        if (!await sessions.End(command.UserId, command.SessionId, command.Why, cancellationToken))
        {
            throw new DomainException(DomainError.NotFound("session"));
        }

        return Unit.Value;
    }
}

internal sealed class EndOtherSessionsHandler(ISessions sessions) : IRequestHandler<EndOtherSessions, int>
{
    public Task<int> Handle(EndOtherSessions command, CancellationToken cancellationToken) => sessions.EndOthers(command.UserId, command.Kept, cancellationToken);
}
