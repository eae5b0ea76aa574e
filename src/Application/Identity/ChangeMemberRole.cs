using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Another role for a member (TEN-16). Access tokens with the former one are refused from now on. Runs in the platform's tenant. Errors:
/// not_found (404); role_not_possible (400); role_above_yours (403), for the role before as well; last_owner (422).
/// </summary>
/// <param name="Role">Left out: it stays as it is.</param>
public sealed record ChangeMemberRole(TenantId Business, UserId UserId, HeldRole? Role) : IRequest<Committed>;

internal sealed class ChangeMemberRoleHandler(ILane lane, ITenantContext context) : IRequestHandler<ChangeMemberRole, Committed>
{
    public async Task<Committed> Handle(ChangeMemberRole command, CancellationToken cancellationToken)
    {
        return await lane.Run(
            streams => streams.OfTeam(command.Business).OfMember(command.Business, command.UserId),
            (log, now) =>
            {
                var team = log.Team();
                var member = team.Of(command.UserId);
                var role = command.Role ?? member.Held;
                Check.That(role.CanBeHeldIn(command.Business), IdentityErrors.RoleNotPossible(role.Role));
                log.CheckMayGive(new(context.Actor.Id!.Value), member.Held, role);
                log.Append(member, member.ChangeRole(role, team.IsLastOwner(command.UserId), now));
                return new Committed(log.Version(Membership.StreamOf(command.UserId, command.Business)));
            },
            cancellationToken);
    }
}
