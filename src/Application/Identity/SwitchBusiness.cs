using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// The session goes on in another business of the user. The refresh token stays as it is, and is not told: an access token that got
/// into wrong hands must not give one that lives longer. Runs in the platform's tenant. Errors: not_found (404), business_closed (423).
/// </summary>
public sealed record SwitchBusiness(UserId UserId, Guid SessionId, TenantId Business) : IRequest<Session>;

internal sealed class SwitchBusinessHandler(IMediator mediator, ISessions sessions, IAccessTokens tokens, TimeProvider clock) : IRequestHandler<SwitchBusiness, Session>
{
    public async Task<Session> Handle(SwitchBusiness request, CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new GetAccount(request.UserId), cancellationToken);
        var current = account.In(request.Business);
        await sessions.MoveTo(request.SessionId, current.BusinessId, cancellationToken);
        return Session.Of(tokens, account, current, request.SessionId, Uuid.New().ToString("N"), clock.GetUtcNow(), refreshToken: null);
    }
}
