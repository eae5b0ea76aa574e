using System.Collections.Concurrent;
using Mainstreet.Infrastructure.EventStore;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>Wakes this process's workers of a queue when it has inserted messages.</summary>
internal sealed class MessageSignal
{
    private const string Outbox = "outbox";
    private const string Inbox = "inbox";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> queues = new(StringComparer.Ordinal);

    public void Inserted(IReadOnlyCollection<PlannedMessage> messages, MessageTypes types)
    {
        foreach (var queue in messages.Select(message => message.Target is null ? types.QueueOf(message.Command) : Outbox).Distinct(StringComparer.Ordinal))
        {
            Wake(queue);
        }
    }

    public void Wake(string queue)
    {
        var semaphore = Of(queue);
        if (semaphore.CurrentCount == 0)
        {
            semaphore.Release();
        }
    }

    /// <summary>Answers when messages came in, or after <paramref name="atMost"/>.</summary>
    public Task Wait(string queue, TimeSpan atMost, CancellationToken cancellationToken) => Of(queue).WaitAsync(atMost, cancellationToken);

    /// <summary>A provider has told something.</summary>
    public void Told() => Wake(Inbox);

    public Task WaitForInbox(TimeSpan atMost, CancellationToken cancellationToken) => Wait(Inbox, atMost, cancellationToken);

    public Task WaitForOutbox(TimeSpan atMost, CancellationToken cancellationToken) => Wait(Outbox, atMost, cancellationToken);

    private SemaphoreSlim Of(string queue) => queues.GetOrAdd(queue, static _ => new SemaphoreSlim(0));
}
