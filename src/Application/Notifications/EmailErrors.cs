using Mainstreet.Domain;

namespace Mainstreet.Application.Notifications;

/// <summary>Why a mail was not sent. They stand beside dead letters, so they name no address.</summary>
public static class EmailErrors
{
    public static readonly DomainError NotConfigured =
        new("email_not_configured", "E-mail is not set up: the settings Email:ApiKey and Email:From are needed.");

    /// <summary>For good: it would be refused again.</summary>
    public static DomainError Refused(int status, string? name) =>
        new("email_refused", $"The mail provider refused the message: {status}{(name is null ? "" : " " + name)}.");

    /// <summary>The message's retries may still bring it through.</summary>
    public static DomainError Unavailable(string cause) => new("email_unavailable", $"The mail provider could not take the message: {cause}.", ErrorKind.Busy);
}
