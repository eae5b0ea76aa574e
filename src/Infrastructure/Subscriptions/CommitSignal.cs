using System.Threading.Channels;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>Tells this process's runner and workers, within microseconds, what a commit left for them.</summary>
internal sealed class CommitSignal(MessageSignal messages, MessageTypes types)
{
    private readonly Channel<TenantId> dirty = Channel.CreateUnbounded<TenantId>(new() { SingleReader = true });

    private Action<TenantId>? listeners;
    private long count;

    public ChannelReader<TenantId> Dirty => dirty.Reader;

    /// <summary>Commits of this process so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Has somebody told whose log has grown. He just takes note of it, for the commit waits.</summary>
    public void Tell(Action<TenantId> listener) => listeners += listener;

    public void Committed(TenantId tenant, CommitPlan plan)
    {
        Interlocked.Increment(ref count);
        if (plan.Appended.Count > 0)
        {
            dirty.Writer.TryWrite(tenant);
            listeners?.Invoke(tenant);
        }

        messages.Inserted(plan.Messages, types);
    }

    /// <summary>A subscription of the tenant has something to do again, though nothing was committed.</summary>
    public void Wake(TenantId tenant) => dirty.Writer.TryWrite(tenant);
}
