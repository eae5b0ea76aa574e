using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Makes a user a member of a business, of the driver pool or of the platform (TEN-16). Runs in the platform's tenant.
/// Errors: not_found (404) for an unknown user; role_not_possible (400); membership_exists (409) in another role.
/// </summary>
public sealed record GrantMembership(UserId UserId, TenantId TenantId, Role Role) : IRequest<Committed>;

internal sealed class GrantMembershipHandler(ILane lane) : IRequestHandler<GrantMembership, Committed>
{
    public Task<Committed> Handle(GrantMembership command, CancellationToken cancellationToken)
    {
        var id = Membership.StreamOf(command.UserId, command.TenantId);
        return lane.Run(
            streams => streams.Of<User>(command.UserId.Value).Of<Membership>(id),
            (log, now) =>
            {
                log.Get<User>(command.UserId.Value);
                log.Append<Membership, MembershipEvent>(id, Membership.Grant(log.Find<Membership>(id), command.UserId, command.TenantId, command.Role, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
