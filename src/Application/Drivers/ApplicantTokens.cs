using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Drivers;

/// <summary>Whoever applies has no account: the code in a mail says who it is, and that the address is theirs.</summary>
public sealed class ApplicantTokens(IAggregates aggregates, IMailTokens tokens, ITenantContext context, TimeProvider clock)
{
    private static readonly TimeSpan Good = TimeSpan.FromDays(60);

    public string Issue(Applicant applicant) => tokens.Issue(MailPurpose.DriverApplication, context.Tenant, applicant.Id.Value, applicant.Email, clock.GetUtcNow() + Good);

    /// <summary>Errors: mail_token_invalid (400), also for an application that was erased.</summary>
    public async Task<Applicant> Holder(string token, CancellationToken cancellationToken)
    {
        var found = await aggregates.Find<Applicant, ApplicantEvent>(tokens.SubjectOf(token) ?? Guid.Empty, cancellationToken);
        return found is { State: var applicant } && applicant.Decided is not ApplicantStatus.Closed
            && tokens.IsGood(MailPurpose.DriverApplication, context.Tenant, token, applicant.Email, clock.GetUtcNow())
                ? applicant
                : throw new DomainException(IdentityErrors.MailTokenInvalid);
    }
}
