using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// The first step of <see cref="AddDriver"/>, in the platform: the account of a driver, made together with its membership of the
/// pool, or the one that a driver with this address has. Errors: email_taken (409), already_exists (409).
/// </summary>
internal sealed record RegisterDriverAccount(UserId UserId, string Email, string Password, string FullName, string? Phone) : IRequest<UserReceipt>
{
    public override string ToString() => nameof(RegisterDriverAccount);
}

internal sealed class RegisterDriverAccountHandler(ILane lane, IAggregates aggregates, IReadStore reads, IPasswords passwords)
    : IRequestHandler<RegisterDriverAccount, UserReceipt>
{
    public async Task<UserReceipt> Handle(RegisterDriverAccount command, CancellationToken cancellationToken)
    {
        var known = await reads.FindUser(EmailAddress.Normalize(command.Email), cancellationToken);
        return known is null
            ? await Register(command, await passwords.Hash(command.Password, cancellationToken), cancellationToken)
            : new(await Driver(known.UserId, cancellationToken), Version: 0);
    }

    private async Task<UserId> Driver(UserId user, CancellationToken cancellationToken)
    {
        var membership = await aggregates.Find<Membership, MembershipEvent>(Membership.StreamOf(user, TenantId.Pool), cancellationToken);
        Check.That(membership?.State is { Active: true, Role: Role.Driver }, IdentityErrors.EmailTaken);
        return user;
    }

    private Task<UserReceipt> Register(RegisterDriverAccount command, string passwordHash, CancellationToken cancellationToken)
    {
        var id = command.UserId;
        var membership = Membership.StreamOf(id, TenantId.Pool);
        return lane.Run(
            streams => streams.Of<User>(id.Value).Of<Membership>(membership),
            (log, now) =>
            {
                Check.That(log.Find<User>(id.Value) is null, IdentityErrors.UserExists);
                log.Append<User, UserEvent>(id.Value, User.Register(id, command.Email, command.FullName, command.Phone, passwordHash, now));
                log.Append<Membership, MembershipEvent>(membership, Membership.Grant(log.Find<Membership>(membership), id, TenantId.Pool, Role.Driver, now));
                return new UserReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }
}
