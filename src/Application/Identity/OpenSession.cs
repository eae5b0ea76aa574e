using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// An access token for somebody who has proved who they are (IAM-02, TEN-17), in the named business or else in the one
/// joined first; in the platform without any permission for a member of nothing. Runs in the platform's tenant. Errors:
/// not_found (404) for a business in which the user is no member.
/// </summary>
public sealed record OpenSession(UserId UserId, TenantId? Business = null) : IRequest<Session>;

/// <param name="ExpiresIn">Seconds.</param>
/// <param name="Current">The membership that the token is for; null for a member of nothing.</param>
public sealed record Session(string AccessToken, int ExpiresIn, Account Account, BusinessMembership? Current);

/// <summary>A user with the memberships, the oldest first.</summary>
public sealed record Account(UserId UserId, string Email, string FullName, IReadOnlyList<BusinessMembership> Memberships);

/// <summary>One role in one business. The platform and its driver pool are shown as businesses without a subdomain.</summary>
public sealed record BusinessMembership(
    TenantId BusinessId, string Name, string? Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, Role Role, DateTimeOffset Since);

internal sealed class OpenSessionHandler(IMediator mediator, IAccessTokens tokens, TimeProvider clock) : IRequestHandler<OpenSession, Session>
{
    public async Task<Session> Handle(OpenSession request, CancellationToken cancellationToken)
    {
        var account = await mediator.Send(new GetAccount(request.UserId), cancellationToken);
        var current = request.Business is { } business
            ? account.Memberships.FirstOrDefault(membership => membership.BusinessId == business) ?? throw new DomainException(DomainError.NotFound("business"))
            : account.Memberships is [var first, ..] ? first : null;
        var grant = new AccessGrant(
            account.UserId, current?.BusinessId ?? TenantId.Platform, current is null ? Roles.None : Roles.NameOf(current.Role), Uuid.New().ToString("N"));
        return new(tokens.Issue(grant, clock.GetUtcNow()), (int)tokens.Lifetime.TotalSeconds, account, current);
    }
}
