using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// An owner makes another member the owner, and stays as manager. Both are one commit, so the business has an owner all the time. Runs in
/// the platform's tenant. Errors: not_found (404); owners_only (403).
/// </summary>
public sealed record TransferOwnership(TenantId Business, UserId To) : IRequest<Committed>;

internal sealed class TransferOwnershipHandler(ILane lane, ITenantContext context) : IRequestHandler<TransferOwnership, Committed>
{
    public async Task<Committed> Handle(TransferOwnership command, CancellationToken cancellationToken)
    {
        return await lane.Run(
            streams => streams.OfTeam(command.Business).OfMember(command.Business, command.To).OfMember(command.Business, new(context.Actor.Id!.Value)),
            (log, now) =>
            {
                var (owner, heir) = (log.Team().Of(new(context.Actor.Id!.Value)), log.Team().Of(command.To));
                Check.That(owner is { Active: true, Role: Role.Owner }, IdentityErrors.OwnersOnly);
                if (heir.UserId != owner.UserId)
                {
                    log.Append(heir, heir.ChangeRole(Role.Owner, lastOwner: false, now));
                    log.Append(owner, owner.ChangeRole(Role.Manager, lastOwner: false, now));
                }

                return new Committed(log.Version(Membership.StreamOf(command.To, command.Business)));
            },
            cancellationToken);
    }
}
