using System.Diagnostics;
using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Infrastructure.Feed;

/// <inheritdoc />
internal sealed class EventFeed(FeedLog log, LogTails tails, LogEpochs epochs, RequestContext context) : IEventFeed
{
    public async Task<IEventReader> Open(EventFilter filter, LogPlace place, int limit, CancellationToken cancellationToken)
    {
        var epoch = await epochs.Enter(context.Tenant, place, cancellationToken);
        return new EventReader(log, tails, context.Tenant, filter, limit, epoch, await log.Read(context.Tenant, filter, place.After, limit, cancellationToken));
    }
}

/// <inheritdoc />
/// <remarks>It begins in the log, and joins the tenant's tail when it has come to the end.</remarks>
internal sealed class EventReader(FeedLog log, LogTails tails, TenantId tenant, EventFilter filter, int limit, long epoch, FeedPage first) : IEventReader
{
    private FeedPage? first = first;
    private LogTail? tail;

    public long Position { get; private set; }

    public long Epoch => epoch;

    public bool HasMore { get; private set; }

    public async Task<IReadOnlyList<FeedEvent>> Next(TimeSpan wait, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var moved = tail?.Moved;
            var page = await Page(cancellationToken);
            (Position, HasMore) = (page.Next, page.Next < page.Head);
            var left = wait - Stopwatch.GetElapsedTime(started);
            if (page.Events is not [] || (!HasMore && left <= TimeSpan.Zero))
            {
                return page.Events;
            }

            if (HasMore)
            {
                continue; // the filter hid a whole stretch of the log
            }

            if (moved is null)
            {
                tail = tails.Join(tenant, Position);
                continue;
            }

            await moved.WaitAsync(left, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (moved.IsFaulted)
            {
                await moved;
            }
        }
    }

    public void Dispose()
    {
        if (tail is not null)
        {
            tails.Leave(tail);
        }
    }

    private async Task<FeedPage> Page(CancellationToken cancellationToken)
    {
        if (first is { } page)
        {
            first = null;
            return page;
        }

        return tail?.After(Position, filter, limit) ?? await log.Read(tenant, filter, Position, limit, cancellationToken);
    }
}
