using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Asks somebody by mail to become a member (TEN-16). It goes the same way whether or not the address has an account. Runs in the platform's
/// tenant. Errors: email_invalid, role_not_possible (400); role_above_yours (403); not_found (404) for an unknown role; invitation_exists,
/// membership_exists, seat_limit_reached (409); too many attempts (429).
/// </summary>
public sealed record InviteMember(TenantId Business, string Email, HeldRole Role, Client Client) : IRequest<InvitationReceipt>
{
    /// <summary>Without the address, because requests end up in logs.</summary>
    public override string ToString() => nameof(InviteMember);
}

public sealed record InvitationReceipt(InvitationId InvitationId, DateTimeOffset At, int Version) : Committed(Version);

internal sealed class InviteMemberValidator : AbstractValidator<InviteMember>
{
    public InviteMemberValidator() => RuleFor(c => c.Email).IsEmailAddress();
}

internal sealed class InviteMemberHandler(ILane lane, IReadStore reads, IEntitlements entitlements, IAttempts attempts, ITenantContext context)
    : IRequestHandler<InviteMember, InvitationReceipt>
{
    public async Task<InvitationReceipt> Handle(InviteMember command, CancellationToken cancellationToken)
    {
        var (email, actor, id) = (EmailAddress.Normalize(command.Email), new UserId(context.Actor.Id!.Value), new InvitationId(Uuid.New()));
        var seats = (await entitlements.Of(command.Business, cancellationToken)).Seats;
        var known = await reads.FindUser(email, cancellationToken);
        await attempts.Reserve(Guess.Mail, $"invitation:{command.Business}:{email}", known?.UserId, command.Client, cancellationToken);
        return await lane.Run(
            streams => streams.OfTeam(command.Business).Of<Invitation>(id.Value)
                .In<Invitation>("select id from rm.invitations where business_id = @business and status = 'open' and email = @email", new { command.Business, email }),
            (log, now) =>
            {
                var invited = Invitation.Create(id, command.Business, email, command.Role, now);
                log.CheckMayGive(actor, command.Role);
                Check.That(!log.All<Membership>().Any(member => member.Active && member.UserId == known?.UserId), IdentityErrors.MembershipExists);
                foreach (var earlier in log.All<Invitation>().Where(earlier => earlier.Email == email))
                {
                    Check.That(!earlier.IsGood(now), IdentityErrors.InvitationExists);
                    log.Append<Invitation, InvitationEvent>(earlier.Id.Value, earlier.Cancel(now));
                }

                log.Team().CheckSeat(seats, now);
                log.Append<Invitation, InvitationEvent>(id.Value, invited);
                log.Send(command.Business, new SendInvitation(id));
                return new InvitationReceipt(id, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}
