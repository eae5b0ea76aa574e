using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>Runs in the platform's tenant. Errors: not_found (404) for an unknown or deactivated user.</summary>
public sealed record GetAccount(UserId UserId) : IRequest<Account>;

internal sealed class GetAccountHandler(IAggregates aggregates, IReadStore reads) : IRequestHandler<GetAccount, Account>
{
    public async Task<Account> Handle(GetAccount query, CancellationToken cancellationToken)
    {
        var user = await aggregates.Find<User, UserEvent>(query.UserId.Value, cancellationToken);
        Check.That(user is { State.Active: true }, DomainError.NotFound("user"));
        var memberships = await reads.List<BusinessMembership>(
            $"{Memberships.Select} where m.user_id = @user_id and m.active order by m.since, m.membership_id", new { query.UserId }, cancellationToken);
        return new(query.UserId, user!.State.Email, user.State.FullName, user.State.EmailVerified, user.State.SealedPin is not null, memberships);
    }
}

/// <summary>How memberships are read, with the business of each.</summary>
internal static class Memberships
{
    public const string Select = """
        select m.business_id, coalesce(b.name, i.name, 'Mainstreet') as name, b.subdomain, coalesce(b.mode, 'live') as mode,
               coalesce(b.status, 'active') as status, b.test_clock_id, m.role, m.custom_role, m.since, m.membership_id
          from rm.memberships m left join rm.businesses b on b.business_id = m.business_id
          left join rm.infrastructures i on i.id = m.business_id
        """;
}
