namespace Mainstreet.Application.Notifications;

/// <summary>
/// E-mail of the present tenant. Called by message handlers only (<see cref="Queues.Notifications"/>), outside any transaction, at least
/// once: the same idempotency key sends one mail. A test tenant's goes to its outbox, which can be read over HTTP, and to nobody. Errors:
/// email_not_configured, email_refused, email_unavailable; UnavailableException where the provider asks to be left alone for a while.
/// </summary>
public interface IEmailSender
{
    /// <summary>Whether there is anybody who sends mails for this tenant.</summary>
    bool IsReady { get; }

    Task Send(EmailMessage message, CancellationToken cancellationToken);
}

/// <param name="To">One address. Messages of a queue hold none, so their handlers look it up.</param>
/// <param name="Template">What sort of mail it is, snake_case with dots as in account.verify_email; for whoever looks for it.</param>
/// <param name="IdempotencyKey">Of the message that sends it: <see cref="ITenantContext.CommandId"/>, with something behind it where it sends several.</param>
/// <param name="SubjectId">The customer or other data subject to whom it goes; when that is erased, so is the mail in an outbox.</param>
public sealed record EmailMessage(
    string To, string Subject, string Text, string Template, string IdempotencyKey, string? Html = null, Guid? SubjectId = null)
{
    /// <summary>Without what is personal, because it ends up in logs.</summary>
    public override string ToString() => $"{nameof(EmailMessage)} {Template}";
}
