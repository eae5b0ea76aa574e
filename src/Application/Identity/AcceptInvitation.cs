using System.Globalization;
using FluentValidation;
using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Whoever got the mail becomes a member: as the user that is signed in, or as a new one, whose address is proved by it, unless the
/// business is a test one, whose mails others can read. Runs in the platform's tenant. Errors: mail_token_invalid (400), also for an invitation that was accepted, canceled, sent again or has expired;
/// email_taken (409) for a new user whose address has an account: sign in; membership_exists, seat_limit_reached (409).
/// </summary>
/// <param name="User">Who is signed in.</param>
/// <param name="FullName">Of who registers, where nobody is signed in; so is the password.</param>
public sealed record AcceptInvitation(string Token, UserId? User, string? FullName = null, string? Password = null) : IRequest<JoinedReceipt>
{
    /// <summary>Without the token, because requests end up in logs.</summary>
    public override string ToString() => nameof(AcceptInvitation);

    /// <summary>What the token goes with.</summary>
    internal static string StateOf(Invitation invitation) => invitation.Sent.ToString(CultureInfo.InvariantCulture);
}

public sealed record JoinedReceipt(UserId UserId, TenantId Business, int Version) : Committed(Version);

internal sealed class AcceptInvitationValidator : AbstractValidator<AcceptInvitation>
{
    public AcceptInvitationValidator() => When(c => c.User is null, () => RuleFor(c => c.Password!).IsNewPassword());
}

internal sealed class AcceptInvitationHandler(
    ILane lane, IAggregates aggregates, IReadStore reads, IMailTokens tokens, IPasswords passwords, IEntitlements entitlements, ITenantContext context, TimeProvider clock)
    : IRequestHandler<AcceptInvitation, JoinedReceipt>
{
    public async Task<JoinedReceipt> Handle(AcceptInvitation command, CancellationToken cancellationToken)
    {
        var id = tokens.SubjectOf(command.Token) ?? throw new DomainException(IdentityErrors.MailTokenInvalid);
        var found = (await aggregates.Find<Invitation, InvitationEvent>(id, cancellationToken))?.State;
        if (found is null || !IsGood(found, clock.GetUtcNow()))
        {
            throw new DomainException(IdentityErrors.MailTokenInvalid);
        }

        var user = command.User ?? new UserId(Uuid.Named("user", context.CommandId.ToString()));
        var hash = command.User is null ? await passwords.Hash(command.Password!, cancellationToken) : null;
        var business = await reads.Find<BusinessEntry>("select * from rm.businesses where business_id = @business", new { Business = found.TenantId }, cancellationToken);
        var seats = (await entitlements.Of(found.TenantId, cancellationToken)).Seats;
        var membership = Membership.StreamOf(user, found.TenantId);
        return await lane.Run(
            streams => streams.OfTeam(found.TenantId).Of<Invitation>(id).Of<User>(user.Value).Of<Membership>(membership),
            (log, now) =>
            {
                var invitation = log.Get<Invitation>(id);
                Check.That(IsGood(invitation, now), IdentityErrors.MailTokenInvalid);
                if (hash is not null)
                {
                    log.Append<User, UserEvent>(user.Value, User.Register(user, invitation.Email, command.FullName ?? "", phone: null, hash, now));
                    if (business is { Mode: BusinessMode.Live })
                    {
                        log.Append<User, UserEvent>(user.Value, log.Get<User>(user.Value).VerifyEmail(now));
                    }
                }

                var member = log.Find<Membership>(membership);
                if (member is not { Active: true })
                {
                    log.Team().CheckSeat(seats, now, own: invitation.Id);
                }

                log.Append<Membership, MembershipEvent>(membership, Membership.Grant(member, user, invitation.TenantId, invitation.Role, now));
                log.Append<Invitation, InvitationEvent>(id, invitation.Accept(user, now));
                return new JoinedReceipt(user, invitation.TenantId, log.Version(membership));
            },
            cancellationToken);

        bool IsGood(Invitation invitation, DateTimeOffset now) =>
            invitation.IsGood(now) && tokens.IsGood(MailPurpose.Invitation, TenantId.Platform, command.Token, AcceptInvitation.StateOf(invitation), now);
    }
}
