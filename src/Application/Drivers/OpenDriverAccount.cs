using System.Security.Cryptography;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// The account of an applicant who was approved, in the platform: a new one, whose password is chosen by who gets the mail, or the one that
/// this address has, which becomes a driver's too. That the address is the applicant's, the code in an earlier mail has shown, unless others can
/// read the business's mails. Errors: email_taken (409) for an account that nobody has shown to be theirs, or that was a driver's and is not any more.
/// </summary>
/// <param name="Proved">The applicant has had a mail that nobody else could read.</param>
internal sealed record OpenDriverAccount(UserId UserId, string Email, string FullName, string? Phone, bool Proved) : IRequest<UserReceipt>
{
    public override string ToString() => nameof(OpenDriverAccount);
}

internal sealed class OpenDriverAccountHandler(ILane lane, IReadStore reads, IPasswords passwords) : IRequestHandler<OpenDriverAccount, UserReceipt>
{
    public async Task<UserReceipt> Handle(OpenDriverAccount command, CancellationToken cancellationToken)
    {
        var id = (await reads.FindUser(EmailAddress.Normalize(command.Email), cancellationToken))?.UserId ?? command.UserId;
        var hash = await passwords.Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), cancellationToken); // which nobody knows
        var membership = Membership.StreamOf(id, TenantId.Pool);
        return await lane.Run(
            streams => streams.Of<User>(id.Value).Of<Membership>(membership),
            (log, now) =>
            {
                var member = log.Find<Membership>(membership);
                if (log.Find<User>(id.Value) is not null)
                {
                    Check.That(member is { Active: true } || (member is null && command.Proved), IdentityErrors.EmailTaken);
                }
                else
                {
                    log.Append<User, UserEvent>(id.Value, User.Register(id, command.Email, command.FullName, command.Phone, hash, now));
                    log.Schedule(new SendDriverWelcome(id), now, $"driver-welcome:{id}");
                }

                log.Append<Membership, MembershipEvent>(membership, Membership.Grant(member, id, TenantId.Pool, Role.Driver, now));
                return new UserReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }
}

/// <summary>The mail with which a new driver chooses the first password.</summary>
[Message("driver.send_welcome", Queues.Notifications)]
internal sealed record SendDriverWelcome(UserId UserId) : IRequest<Committed>;

internal sealed class SendDriverWelcomeHandler(IAggregates aggregates, IMailTokens tokens, IEmailSender mail, ITenantContext context, TimeProvider clock)
    : IRequestHandler<SendDriverWelcome, Committed>
{
    private static readonly TimeSpan Good = TimeSpan.FromDays(7);

    public async Task<Committed> Handle(SendDriverWelcome command, CancellationToken cancellationToken)
    {
        var user = await aggregates.Find<User, UserEvent>(command.UserId.Value, cancellationToken);
        if (user is { State: { Active: true } state } && EmailAddress.IsWellFormed(state.Email))
        {
            var token = tokens.Issue(MailPurpose.PasswordReset, context.Tenant, state.Id.Value, state.PasswordHash, clock.GetUtcNow() + Good);
            var text = $"""
                You have been approved as a driver. Choose a password for {state.Email} within a week with this code; later, ask for another one as
                if you had forgotten the password.

                {tokens.Shown(MailPurpose.PasswordReset, token)}
                """;
            await mail.Send(new(state.Email, "Choose your password", text, "driver.welcome", context.CommandId.ToString(), SubjectId: state.Id.Value), cancellationToken);
        }

        return new(0);
    }
}
