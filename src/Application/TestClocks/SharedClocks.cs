using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.TestClocks;

/// <summary>
/// The businesses that live by a clock, with whether the present user may advance it there. Runs in the platform's tenant.
/// </summary>
internal sealed record ListBusinessesOfClock(Guid ClockId) : IRequest<IReadOnlyList<BusinessOfClock>>;

/// <param name="Permissions">Of a role that the business defined.</param>
internal sealed record BusinessOfClock(TenantId BusinessId, Role? Role, string[]? Permissions)
{
    public bool MayAdvance => Permissions?.Contains(Identity.Permissions.ClockAdvance)
        ?? (Role is { } role && Identity.Permissions.Allows(Roles.NameOf(role), Identity.Permissions.ClockAdvance));
}

internal sealed class ListBusinessesOfClockHandler(IReadStore reads, ITenantContext context) : IRequestHandler<ListBusinessesOfClock, IReadOnlyList<BusinessOfClock>>
{
    public Task<IReadOnlyList<BusinessOfClock>> Handle(ListBusinessesOfClock query, CancellationToken cancellationToken) => reads.List<BusinessOfClock>(
        """
        select b.business_id, m.role, r.permissions from rm.businesses b
          left join rm.memberships m on m.business_id = b.business_id and m.user_id = @user_id and m.active
          left join rm.roles r on r.id = m.custom_role and r.business_id = b.business_id
         where b.test_clock_id = @clock_id
        """,
        new { query.ClockId, UserId = context.Actor.Id }, cancellationToken);
}
