using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// A session of somebody who has proved who they are (IAM-02, TEN-17), in the named business or else in the one
/// joined first; in the platform without any permission for a member of nothing. Runs in the platform's tenant. Errors:
/// not_found (404) for a business in which the user is no member, business_closed (423).
/// </summary>
public sealed record OpenSession(UserId UserId, Client Client, TenantId? Business = null) : IRequest<Session>;

/// <param name="ExpiresIn">Seconds until the access token is refused.</param>
/// <param name="RefreshToken">Null where the session keeps the one it has.</param>
/// <param name="Current">The membership that the token is for; null for a member of nothing.</param>
public sealed record Session(string AccessToken, int ExpiresIn, string? RefreshToken, Account Account, BusinessMembership? Current)
{
    /// <summary>Without the tokens, because answers end up in logs.</summary>
    public override string ToString() => $"Session of {Account.UserId}";

    /// <summary>An access token of a session, from <paramref name="now"/> on.</summary>
    internal static Session Of(IAccessTokens tokens, Account account, BusinessMembership? current, Guid session, string jti, DateTimeOffset now, string? refreshToken)
    {
        var grant = new AccessGrant(
            account.UserId, current?.BusinessId ?? TenantId.Platform, current is null ? Roles.None : Roles.NameOf(current.Role, current.CustomRole), session, jti);
        return new(tokens.Issue(grant, now), (int)tokens.Lifetime.TotalSeconds, refreshToken, account, current);
    }
}

/// <summary>A user with the memberships, the oldest first.</summary>
public sealed record Account(UserId UserId, string Email, string FullName, bool EmailVerified, bool HasPin, IReadOnlyList<BusinessMembership> Memberships)
{
    /// <summary>Where a session begins that names no business: a closed one is no place to be. Null for a member of nothing else.</summary>
    internal BusinessMembership? First => Memberships.FirstOrDefault(membership => membership.Status is not BusinessStatus.Closed);

    /// <summary>The membership in that business. Errors: not_found (404), business_closed (423).</summary>
    internal BusinessMembership In(TenantId business)
    {
        var found = Memberships.FirstOrDefault(membership => membership.BusinessId == business) ?? throw new DomainException(DomainError.NotFound("business"));
        Check.That(found.Status is not BusinessStatus.Closed, BusinessErrors.NotOpen(found.Status));
        return found;
    }
}

/// <summary>One role in one business. The platform and its driver pool are shown as businesses without a subdomain.</summary>
public sealed record BusinessMembership(
    TenantId BusinessId, string Name, string? Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, Role Role, RoleId? CustomRole, DateTimeOffset Since);

internal sealed class OpenSessionHandler(IMediator mediator, ISessions sessions, IAccessTokens tokens, TimeProvider clock) : IRequestHandler<OpenSession, Session>
{
    public async Task<Session> Handle(OpenSession request, CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new GetAccount(request.UserId), cancellationToken);
        var current = request.Business is { } business ? account.In(business) : account.First;
        var opened = await sessions.Open(account.UserId, current?.BusinessId ?? TenantId.Platform, request.Client, cancellationToken);
        return Session.Of(tokens, account, current, opened.SessionId, Uuid.New().ToString("N"), clock.GetUtcNow(), opened.RefreshToken);
    }
}
