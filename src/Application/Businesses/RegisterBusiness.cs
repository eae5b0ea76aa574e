using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>The first step of <see cref="BusinessStart"/>: the registration, with the owner's membership. The commit also makes the business's lane.</summary>
/// <param name="Account">Of an owner who has none yet: it comes with the business or not at all.</param>
internal sealed record RegisterBusiness(BusinessRegistration Registration, NewAccount? Account = null) : IRequest<Committed>;

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
        var membership = Membership.StreamOf(owner, id);
        return lane.Run(
            streams => streams.Of<Business>(id.Value).Of<Membership>(membership).Of<User>(owner.Value),
            (log, now) =>
            {
                if (log.Find<Business>(id.Value) is { } begun)
                {
                    Check.That(IsBegunBySame(begun, command.Registration), BusinessErrors.AlreadyExists);
                    return new Committed(log.Version(id.Value));
                }

                if (command.Account is { } account)
                {
                    Check.That(log.Find<User>(owner.Value) is null, IdentityErrors.UserExists);
                    log.Append<User, UserEvent>(owner.Value, User.Register(owner, account.Email, account.FullName, account.Phone, account.PasswordHash, now));
                }

                log.Append<Business, BusinessEvent>(id.Value, Business.Register(command.Registration, now));
                log.Append<Membership, MembershipEvent>(membership, Membership.Grant(log.Find<Membership>(membership), owner, id, Role.Owner, now));
                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }

    /// <summary>Asked for again before it was finished: the same request goes on where it stopped.</summary>
    private static bool IsBegunBySame(Business begun, BusinessRegistration wanted) =>
        begun is { Status: BusinessStatus.Provisioning } && begun.Owner == wanted.Owner && begun.Subdomain == wanted.Subdomain && begun.Mode == wanted.Mode
        && begun.TestClockId == wanted.TestClockId;
}
