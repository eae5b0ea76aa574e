using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Infrastructures;

/// <summary>
/// Somebody runs the platform: where nobody does, the holder of this address becomes its administrator, with an account made for it. An account that is
/// there already counts when its address is proved, for anybody may register any address. Repeated, it changes nothing. Runs in the platform's tenant.
/// Errors: email_not_verified (409).
/// </summary>
public sealed record AppointFirstOperator(string Email, string Password) : IRequest<Committed>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(AppointFirstOperator);
}

internal sealed class AppointFirstOperatorValidator : AbstractValidator<AppointFirstOperator>
{
    public AppointFirstOperatorValidator()
    {
        RuleFor(c => c.Email).IsEmailAddress();
        RuleFor(c => c.Password).IsNewPassword();
    }
}

internal sealed class AppointFirstOperatorHandler(ILane lane, IReadStore reads, IPasswords passwords) : IRequestHandler<AppointFirstOperator, Committed>
{
    private const string Administrators = "select membership_id from rm.memberships where business_id = @platform and role = @role and active";

    public async Task<Committed> Handle(AppointFirstOperator command, CancellationToken cancellationToken)
    {
        var platform = new { TenantId.Platform, Role = Role.PlatformAdmin };
        if ((await reads.List<Guid>(Administrators, platform, cancellationToken)).Count > 0)
        {
            return new Committed(0);
        }

        var email = EmailAddress.Normalize(command.Email);
        var known = await reads.FindUser(email, cancellationToken);
        var user = known?.UserId ?? new UserId(Uuid.Named("first operator", email));
        var hash = known is null ? await passwords.Hash(command.Password, cancellationToken) : null;
        var membership = Membership.StreamOf(user, TenantId.Platform);
        return await lane.Run(
            streams => streams.Of<User>(user.Value).Of<Membership>(membership).In<Membership>(Administrators, platform),
            (log, now) =>
            {
                if (log.All<Membership>().Any(held => held.Active))
                {
                    return new Committed(0); // another process was first
                }

                if (hash is not null && log.Find<User>(user.Value) is null)
                {
                    log.Append<User, UserEvent>(user.Value, User.Register(user, email, "Operator", phone: null, hash, now));
                    log.Append<User, UserEvent>(user.Value, log.Get<User>(user.Value).VerifyEmail(now));
                }

                Check.That(log.Get<User>(user.Value).EmailVerified, IdentityErrors.EmailNotVerified);
                log.Append<Membership, MembershipEvent>(membership, Membership.Grant(log.Find<Membership>(membership), user, TenantId.Platform, Role.PlatformAdmin, now));
                return new Committed(log.Version(membership));
            },
            cancellationToken);
    }
}
