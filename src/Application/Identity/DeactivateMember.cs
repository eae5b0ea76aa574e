using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// A member is out of the business, with access tokens and all, and the seat is free; elsewhere the user goes on (TEN-16). Runs in the
/// platform's tenant. Errors: not_found (404); role_above_yours (403); last_owner (422).
/// </summary>
public sealed record DeactivateMember(TenantId Business, UserId UserId) : IRequest<Committed>;

internal sealed class DeactivateMemberHandler(ILane lane, ITenantContext context) : IRequestHandler<DeactivateMember, Committed>
{
    public async Task<Committed> Handle(DeactivateMember command, CancellationToken cancellationToken)
    {
        return await lane.Run(
            streams => streams.OfTeam(command.Business).OfMember(command.Business, command.UserId),
            (log, now) =>
            {
                var team = log.Team();
                var member = team.Of(command.UserId);
                log.CheckMayGive(new(context.Actor.Id!.Value), member.Held);
                log.Append(member, member.Revoke(team.IsLastOwner(command.UserId), now));
                return new Committed(log.Version(Membership.StreamOf(command.UserId, command.Business)));
            },
            cancellationToken);
    }
}
