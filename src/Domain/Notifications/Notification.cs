namespace Mainstreet.Domain.Notifications;

public enum NotificationStatus
{
    Sent,
    Failed,

    /// <summary>Somebody wants it sent once more.</summary>
    Resending,
}

/// <summary>
/// One message about one step of an order on one channel: sent, or failed and perhaps tried once more. There is no such stream until it is known how the first
/// attempt ended; the id follows from step and channel, so there is never a second one.
/// </summary>
/// <param name="Attempt">1, and one more each time that somebody wants it sent again: providers know each by a key of its own.</param>
public sealed record Notification(NotificationId Id, OrderNews News, NotificationChannel Channel, NotificationStatus Status, int Attempt, DateTimeOffset AskedAt)
    : IAggregate<Notification, NotificationEvent>
{
    public static NotificationId IdOf(Guid step, NotificationChannel channel) => new(Uuid.Named("notification", step.ToString(), channel.ToString()));

    /// <summary>As long as nothing is known of the attempt, it is to be made.</summary>
    public static bool IsDone(Notification? notification) => notification is { Status: not NotificationStatus.Resending };

    /// <param name="about">What was tried.</param>
    /// <param name="present">Null: it was the first attempt.</param>
    /// <param name="failure">A code; null: the provider has taken it.</param>
    /// <param name="reference">What the provider calls it.</param>
    /// <param name="now">When that was known.</param>
    public static NotificationEvent[] Record(NotificationTried about, Notification? present, string? failure, string? reference, DateTimeOffset now) =>
        IsDone(present) ? []
        : failure is null ? [new NotificationSent(about.Id, about.News, about.Number, about.Channel, about.CustomerId, about.Recipient, reference, present?.Attempt ?? 1, now)]
        : [new NotificationFailed(about.Id, about.News, about.Number, about.Channel, about.CustomerId, about.Recipient, failure, present?.Attempt ?? 1, now)];

    /// <summary>Errors: notification_sent (409). While it is on its way already, nothing.</summary>
    public NotificationEvent[] Resend(DateTimeOffset now) => Status switch
    {
        NotificationStatus.Sent => throw new DomainException(NotificationErrors.Sent),
        NotificationStatus.Resending => [],
        NotificationStatus.Failed => [new NotificationResendRequested(Id, Attempt + 1, now)],
    };

    public static Notification Evolve(Notification? notification, NotificationEvent e) => (notification, e) switch
    {
        (_, NotificationSent sent) => new(sent.NotificationId, sent.News, sent.Channel, NotificationStatus.Sent, sent.Attempt, sent.At),
        (_, NotificationFailed failed) => new(failed.NotificationId, failed.News, failed.Channel, NotificationStatus.Failed, failed.Attempt, failed.At),
        ({ }, NotificationResendRequested asked) => notification with { Status = NotificationStatus.Resending, Attempt = asked.Attempt, AskedAt = asked.At },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a notification."),
    };
}

/// <summary>What an attempt was about.</summary>
/// <param name="Number">Of the order.</param>
/// <param name="Recipient">The address or number; null: there was none.</param>
public sealed record NotificationTried(NotificationId Id, OrderNews News, string Number, NotificationChannel Channel, CustomerId CustomerId, string? Recipient)
{
    /// <summary>Names no person, because this ends up in logs.</summary>
    public override string ToString() => $"Notification {Id}";
}
