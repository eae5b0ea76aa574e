using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Who was deactivated comes back, in the role of then (TEN-16). Runs in the platform's tenant. Errors: not_found (404); role_above_yours
/// (403); seat_limit_reached (409).
/// </summary>
public sealed record ReactivateMember(TenantId Business, UserId UserId) : IRequest<Committed>;

internal sealed class ReactivateMemberHandler(ILane lane, IEntitlements entitlements, ITenantContext context)
    : IRequestHandler<ReactivateMember, Committed>
{
    public async Task<Committed> Handle(ReactivateMember command, CancellationToken cancellationToken)
    {
        var seats = (await entitlements.Of(command.Business, cancellationToken)).Seats;
        return await lane.Run(
            streams => streams.OfTeam(command.Business).OfMember(command.Business, command.UserId),
            (log, now) =>
            {
                var team = log.Team();
                var member = team.Of(command.UserId);
                log.CheckMayGive(new(context.Actor.Id!.Value), member.Held);
                if (!member.Active)
                {
                    team.CheckSeat(seats, now);
                    log.Append(member, Membership.Grant(member, member.UserId, member.TenantId, member.Held, now));
                }

                return new Committed(log.Version(Membership.StreamOf(command.UserId, command.Business)));
            },
            cancellationToken);
    }
}
