using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a mailed token is good for.</summary>
public enum MailPurpose
{
    PasswordReset,
    EmailVerification,
    Invitation,

    /// <summary>Good as often as needed: an application to drive is seen and added to with it.</summary>
    DriverApplication,
}

/// <summary>
/// Tokens that somebody gets by mail. Nothing of them is stored: each is bound to a user, customer or invitation of a
/// tenant, to its end, and to a state of it that its use changes, so that it is good once.
/// </summary>
public interface IMailTokens
{
    /// <param name="tenant">In whose log the subject is: ids may be chosen, and what a test business mails can be read.</param>
    /// <param name="state">What the token goes with: the present password's hash, the address, how often it was sent.</param>
    string Issue(MailPurpose purpose, TenantId tenant, Guid subject, string state, DateTimeOffset until);

    /// <summary>How the mail shows it: as a link into the app, where its address is set.</summary>
    string Shown(MailPurpose purpose, string token);

    /// <summary>Of which user or invitation it claims to be; null for what is no token.</summary>
    Guid? SubjectOf(string token);

    bool IsGood(MailPurpose purpose, TenantId tenant, string token, string state, DateTimeOffset now);
}
