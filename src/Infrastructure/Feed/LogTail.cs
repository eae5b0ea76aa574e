using System.Threading.Channels;
using Mainstreet.Application.Events;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Feed;

/// <summary>
/// The end of one tenant's log as this process follows it: read once, however many follow. A few events stay in memory; a reader
/// that has fallen behind them reads the log at its own place, so nothing is ever kept for anybody.
/// </summary>
internal sealed class LogTail(FeedLog log, TenantId tenant, long position)
{
    private const int Most = 256;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int AtOnce = 100;

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly List<FeedEvent> events = [];
    private TaskCompletionSource moved = NewSignal();
    private long position = position;
    private long floor = position;
    private int bytes;

    public TenantId Tenant => tenant;

    public long Position => Volatile.Read(ref position);

    /// <summary>Completes when the tail moves on; fails when it cannot be read.</summary>
    public Task Moved => Volatile.Read(ref moved).Task;

    /// <summary>Have it look at the log.</summary>
    public void Wake() => news.Writer.TryWrite(true);

    /// <summary>What stands behind a position; null where the tail does not reach back so far.</summary>
    public FeedPage? After(long after, EventFilter filter, int limit)
    {
        lock (gate)
        {
            if (after < floor)
            {
                return null;
            }

            var allowed = events.Skip(FirstBehind(after)).Where(filter.Allows).Take(limit).ToArray();
            return new(allowed, allowed.Length == limit ? allowed[^1].Position : Math.Max(after, position), Math.Max(after, position));
        }
    }

    /// <summary>Follows the log until it is cancelled, or cannot be read: then all who follow hear of it.</summary>
    public async Task Follow(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in news.Reader.ReadAllAsync(cancellationToken))
            {
                while (Add(await log.Read(tenant, EventFilter.All, position, AtOnce, cancellationToken)))
                {
                    // there is more
                }
            }
        }
        catch (Exception e)
        {
            moved.TrySetException(e);
            throw;
        }
    }

    private bool Add(FeedPage page)
    {
        lock (gate)
        {
            events.AddRange(page.Events);
            bytes += page.Events.Sum(e => e.Body.Length);
            var old = 0;
            for (; events.Count - old > Most || bytes > MostBytes; old++)
            {
                bytes -= events[old].Body.Length;
                floor = events[old].Position;
            }

            events.RemoveRange(0, old);
            ForgetErased();
            Volatile.Write(ref position, page.Next);
        }

        Interlocked.Exchange(ref moved, NewSignal()).TrySetResult();
        return page.Next < page.Head;
    }

    /// <summary>What is kept from before an erasure was read with the key: whoever wants it reads the log again.</summary>
    private void ForgetErased()
    {
        var erasure = events.FindLastIndex(e => string.Equals(e.Type, "data_subject.erased", StringComparison.Ordinal));
        if (erasure > 0)
        {
            bytes -= events.Take(erasure).Sum(e => e.Body.Length);
            floor = events[erasure - 1].Position;
            events.RemoveRange(0, erasure);
        }
    }

    private int FirstBehind(long after)
    {
        var index = events.FindLastIndex(e => e.Position <= after);
        return index + 1;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
