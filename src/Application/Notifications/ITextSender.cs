using Mainstreet.Domain.Notifications;

namespace Mainstreet.Application.Notifications;

/// <summary>How an attempt to tell somebody ended.</summary>
/// <param name="Reference">What the provider calls the message that it has taken.</param>
/// <param name="Failure">A code; null: it was taken.</param>
/// <param name="OptedOut">The recipient has told the provider that nothing more is to come.</param>
public sealed record SendOutcome(string? Reference, string? Failure, bool OptedOut = false)
{
    public static SendOutcome Taken(string? reference) => new(reference, null);

    public static SendOutcome Refused(string code) => new(null, code);
}

/// <summary>
/// SMS and WhatsApp of the present tenant, for message handlers as <see cref="IEmailSender"/> is. A test tenant's go to its outbox. Under one key a message is
/// sent once at most: where nobody can say whether the provider has taken it, the outcome is outcome_unknown, and it is not sent again. Errors:
/// UnavailableException where the provider has said that it did not take it, and may later.
/// </summary>
public interface ITextSender
{
    /// <summary>Whether there is anybody who sends for this tenant on the channel.</summary>
    Task<bool> IsReady(NotificationChannel channel, CancellationToken cancellationToken);

    Task<SendOutcome> Send(TextMessage message, CancellationToken cancellationToken);
}

/// <param name="To">In E.164, such as +972501234567.</param>
/// <param name="Template">What sort of message it is, as in order.ready.</param>
/// <param name="Content">An approved template at the provider, which is sent instead of the text.</param>
/// <param name="Values">What is put into that.</param>
public sealed record TextMessage(
    NotificationChannel Channel, string To, string Text, string Template, string IdempotencyKey, Guid SubjectId, string? Content = null,
    IReadOnlyDictionary<string, string>? Values = null)
{
    /// <summary>Without what is personal, because it ends up in logs.</summary>
    public override string ToString() => $"{nameof(TextMessage)} {Template}";
}
