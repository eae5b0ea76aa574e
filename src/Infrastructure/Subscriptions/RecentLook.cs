using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>
/// Keeps what a process remembers of the database recent: it looks at most once a second, when somebody asks, and at once when this
/// process has committed what concerns it. A look that fails or takes long keeps its askers waiting, so what they go by is never older
/// than that second.
/// </summary>
/// <param name="clock">The wall clock.</param>
/// <param name="look">Reads what happened within the time given; null: everything that may still count.</param>
internal sealed class RecentLook(TimeProvider clock, Func<TimeSpan?, CancellationToken, Task> look) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>What happened is dated when it is written, and is seen when that is committed: within a statement's longest time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(40);

    private readonly SemaphoreSlim looking = new(1);
    private long looked;
    private long changes = 1;
    private long seen;

    /// <summary>Whoever asks from now on waits for a look that begins later.</summary>
    public void Again() => Interlocked.Increment(ref changes);

    /// <summary>So do those who ask after a commit of this process with such an event.</summary>
    public void AgainAfter(CommitSignal signal, Func<IEvent, bool> concerns) => signal.Tell((_, plan) =>
    {
        if (plan.Appended.Any(entry => concerns(entry.Event)))
        {
            Again();
        }
    });

    public async ValueTask IfDue(CancellationToken cancellationToken)
    {
        if (!IsDue())
        {
            return;
        }

        await looking.WaitAsync(cancellationToken);
        try
        {
            if (!IsDue())
            {
                return; // who looked meanwhile has seen it
            }

            var (now, upTo) = (clock.GetTimestamp(), Interlocked.Read(ref changes));
            await look(looked == 0 ? null : clock.GetElapsedTime(looked, now) + Overlap, cancellationToken);
            Volatile.Write(ref looked, now);
            Interlocked.Exchange(ref seen, upTo);
        }
        finally
        {
            looking.Release();
        }
    }

    public void Dispose() => looking.Dispose();

    private bool IsDue() => Interlocked.Read(ref seen) < Interlocked.Read(ref changes) || clock.GetElapsedTime(Volatile.Read(ref looked)) > Every;
}
