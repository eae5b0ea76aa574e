using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Infrastructures;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>The first step of <see cref="BusinessStart"/>: the registration, with the owner's membership. The commit also makes the business's lane.</summary>
/// <param name="Account">Of an owner who has none yet: it comes with the business or not at all.</param>
/// <param name="Invitee">Who is asked to become the owner, where there is none.</param>
internal sealed record RegisterBusiness(BusinessRegistration Registration, NewAccount? Account = null, Invitee? Invitee = null) : IRequest<Committed>;

internal sealed record Invitee(InvitationId InvitationId, string Email)
{
    /// <summary>Names no person, because requests end up in logs.</summary>
    public override string ToString() => nameof(Invitee);
}

internal sealed record NewAccount(string Email, string FullName, string? Phone, string PasswordHash)
{
    /// <summary>Names no person and no secret, because requests end up in logs.</summary>
    public override string ToString() => nameof(NewAccount);
}

internal sealed class RegisterBusinessHandler(ILane lane) : IRequestHandler<RegisterBusiness, Committed>
{
    public Task<Committed> Handle(RegisterBusiness command, CancellationToken cancellationToken)
    {
        var (id, owner) = (command.Registration.BusinessId, command.Registration.Owner);
        return lane.Run(
            streams =>
            {
                streams.Of<Business>(id.Value);
                if (command.Registration.Infrastructure is { } infrastructure)
                {
                    streams.Of<Infrastructure>(infrastructure.Value);
                }

                if (owner is { } user)
                {
                    streams.Of<Membership>(Membership.StreamOf(user, id)).Of<User>(user.Value);
                }

                if (command.Invitee is { } invitee)
                {
                    streams.Of<Invitation>(invitee.InvitationId.Value);
                }
            },
            (log, now) =>
            {
                if (log.Find<Business>(id.Value) is { } begun)
                {
                    Check.That(IsBegunBySame(begun, command.Registration), BusinessErrors.AlreadyExists);
                    return new Committed(log.Version(id.Value));
                }

                if (command.Registration.Infrastructure is { } above && above != Infrastructure.Default)
                {
                    Check.That(log.Find<Infrastructure>(above.Value) is { Removed: false }, DomainError.NotFound("infrastructure"));
                }

                log.Append<Business, BusinessEvent>(id.Value, Business.Register(command.Registration, now));
                if (owner is { } user)
                {
                    GiveTo(user, command, log, now);
                }

                if (command.Invitee is { } invitee)
                {
                    log.Append<Invitation, InvitationEvent>(
                        invitee.InvitationId.Value, Invitation.Create(invitee.InvitationId, id, invitee.Email, Role.Owner, now));
                    log.Send(id, new SendInvitation(invitee.InvitationId));
                }

                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }

    private static void GiveTo(UserId owner, RegisterBusiness command, ILaneLog log, DateTimeOffset now)
    {
        var id = command.Registration.BusinessId;
        if (command.Account is { } account)
        {
            Check.That(log.Find<User>(owner.Value) is null, IdentityErrors.UserExists);
            log.Append<User, UserEvent>(owner.Value, User.Register(owner, account.Email, account.FullName, account.Phone, account.PasswordHash, now));
        }

        var membership = Membership.StreamOf(owner, id);
        log.Append<Membership, MembershipEvent>(membership, Membership.Grant(log.Find<Membership>(membership), owner, id, Role.Owner, now));
    }

    /// <summary>Asked for again before it was finished: the same request goes on where it stopped.</summary>
    private static bool IsBegunBySame(Business begun, BusinessRegistration wanted) =>
        begun is { Status: BusinessStatus.Provisioning } && begun.Owner == wanted.Owner && begun.Subdomain == wanted.Subdomain && begun.Mode == wanted.Mode
        && begun.TestClockId == wanted.TestClockId;
}
