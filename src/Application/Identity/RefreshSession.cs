using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Exchanges a refresh token for the next one and an access token (IAM-03). Of those who send the same one at once, each gets the same
/// next one; whoever sends it later has stolen or copied it, and nobody's session goes on. Runs in the platform's tenant. Errors:
/// session_over (401); not_found (404) for a business in which the user is no member, business_closed (423).
/// </summary>
/// <param name="Business">Left out: where the session was last.</param>
public sealed record RefreshSession(string RefreshToken, TenantId? Business = null) : IRequest<Session>
{
    /// <summary>Without the token, because requests end up in logs.</summary>
    public override string ToString() => nameof(RefreshSession);
}

internal sealed class RefreshSessionHandler(IMediator mediator, ISessions sessions, IAccessTokens tokens) : IRequestHandler<RefreshSession, Session>
{
    public async Task<Session> Handle(RefreshSession request, CancellationToken cancellationToken)
    {
        if (request.Business is { } wanted && await sessions.OwnerOf(request.RefreshToken, cancellationToken) is { } owner)
        {
            (await mediator.Send(new GetAccount(owner), cancellationToken)).In(wanted); // whoever is refused keeps the token
        }

        var attempt = await sessions.Refresh(request.RefreshToken, cancellationToken);
        if (attempt.Reused is var (account, session))
        {
            await mediator.Send(new NoteRefreshReuse(account, session), cancellationToken);
        }

        return attempt.Session is { } opened ? await Go(opened, request.Business, cancellationToken) : throw new DomainException(IdentityErrors.SessionOver);
    }

    /// <summary>Everything that the access token says follows from the refresh, so that those who refresh at once are told the same.</summary>
    private async Task<Session> Go(OpenedSession opened, TenantId? wanted, CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new GetAccount(opened.AccountId), cancellationToken);
        var current = wanted is { } business
            ? account.In(business)
            : account.Memberships.FirstOrDefault(membership => membership.BusinessId == opened.BusinessId && membership.Status is not BusinessStatus.Closed) ?? account.First;
        if (current is not null && current.BusinessId != opened.BusinessId)
        {
            await sessions.MoveTo(opened.SessionId, current.BusinessId, cancellationToken);
        }

        var jti = Uuid.Named("access token", opened.SessionId.ToString(), opened.RotatedAt.ToString("O")).ToString("N");
        return Session.Of(tokens, account, current, opened.SessionId, jti, opened.RotatedAt, opened.RefreshToken);
    }
}

/// <summary>Keeps that a replaced refresh token came in, in the log of the platform.</summary>
internal sealed record NoteRefreshReuse(UserId UserId, Guid SessionId) : IRequest<Committed>;

internal sealed class NoteRefreshReuseHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<NoteRefreshReuse, Committed>
{
    public Task<Committed> Handle(NoteRefreshReuse command, CancellationToken cancellationToken) => aggregates.Update<User, UserEvent>(
        command.UserId.Value, expectedVersion: null, user => user.DetectRefreshReuse(command.SessionId, clock.GetUtcNow()), cancellationToken);
}
