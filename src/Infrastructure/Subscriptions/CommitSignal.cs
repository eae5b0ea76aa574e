using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>Tells this process's runner and workers, within microseconds, what a commit left for them.</summary>
internal sealed class CommitSignal(MessageSignal messages, MessageTypes types)
{
    private static readonly Counter<long> Commits = Telemetry.Meter.CreateCounter<long>("mainstreet.commits", "{commit}", "Commits to the log");

    private static readonly Counter<long> Events = Telemetry.Meter.CreateCounter<long>("mainstreet.events", "{event}", "Events appended to the log");

    private readonly Channel<TenantId> dirty = Channel.CreateUnbounded<TenantId>(new() { SingleReader = true });

    private Action<TenantId, CommitPlan>? listeners;
    private long count;

    public ChannelReader<TenantId> Dirty => dirty.Reader;

    /// <summary>Commits of this process so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Has somebody told whose log has grown, and by what. He just takes note of it, for the commit waits.</summary>
    public void Tell(Action<TenantId, CommitPlan> listener) => listeners += listener;

    public void Committed(TenantId tenant, CommitPlan plan)
    {
        Interlocked.Increment(ref count);
        Commits.Add(1);
        Events.Add(plan.Appended.Count);
        if (plan.Appended.Count > 0)
        {
            dirty.Writer.TryWrite(tenant);
            listeners?.Invoke(tenant, plan);
        }

        messages.Inserted(plan.Messages, types);
    }

    /// <summary>A subscription of the tenant has something to do again, though nothing was committed.</summary>
    public void Wake(TenantId tenant) => dirty.Writer.TryWrite(tenant);
}
