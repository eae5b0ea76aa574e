using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>A commit that needs nothing but its turn, and so can be written together with others.</summary>
internal sealed class QueuedCommit(PlannedCommit planned)
{
    private readonly TaskCompletionSource<long> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PlannedCommit Planned => planned;

    /// <summary>The position that the commit reached, or why it did not.</summary>
    public Task<long> Outcome => outcome.Task;

    public void Committed(long position) => outcome.TrySetResult(position);

    public void Refused(Exception why) => outcome.TrySetException(why);
}

/// <summary>
/// A first-in-first-out gate per tenant before a connection is taken, so that the waiting commits of one busy tenant
/// cannot empty the connection pool for the others. The queue is bounded. Whoever comes next takes those along that wait
/// right behind and can be written in the same transaction; a free gate lets everybody pass at once.
/// </summary>
internal sealed class TenantGates
{
    /// <summary>Requests that may wait for one tenant in this process.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>Commits of one transaction.</summary>
    private const int MaxTogether = 64;

    private static readonly Histogram<double> Wait = Telemetry.Meter.CreateHistogram<double>("mainstreet.lane.wait", "s", "Time from asking for a tenant's lane until its turn in this process");

    private readonly ConcurrentDictionary<TenantId, Gate> gates = new();

    /// <summary>Waits for a turn of its own. Errors: UnavailableException lane_overloaded when too many wait already.</summary>
    public async Task<IDisposable> Enter(TenantId tenant, CancellationToken cancellationToken) => (await Queue(tenant, commit: null, cancellationToken))!;

    /// <summary>
    /// Waits for a turn, or until another's turn has taken the commit along: then null, and its outcome tells.
    /// Errors: as <see cref="Enter"/>.
    /// </summary>
    public Task<Turn?> Join(TenantId tenant, QueuedCommit commit, CancellationToken cancellationToken) => Queue(tenant, commit, cancellationToken);

    /// <summary>How many wait for the tenant in this process.</summary>
    public int Waiting(TenantId tenant) => gates.TryGetValue(tenant, out var gate) ? gate.Waiting : 0;

    private async Task<Turn?> Queue(TenantId tenant, QueuedCommit? commit, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(tenant, static _ => new Gate());
        var place = gate.Queue(commit);
        await using var canceled = cancellationToken.UnsafeRegister(_ => gate.Leave(place), null);
        return await place.Called.Task;
    }

    /// <summary>The right to commit. Its end calls the next.</summary>
    internal sealed class Turn(Gate gate, IReadOnlyList<QueuedCommit> together) : IDisposable
    {
        /// <summary>What is to be written, in order of arrival; nothing in a turn that somebody waited for alone.</summary>
        public IReadOnlyList<QueuedCommit> Together => together;

        public void Dispose() => gate.Next();
    }

    internal sealed class Place(QueuedCommit? commit)
    {
        private readonly long queued = Stopwatch.GetTimestamp();

        public QueuedCommit? Commit => commit;

        public TaskCompletionSource<Turn?> Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Waited => Stopwatch.GetElapsedTime(queued);
    }

    internal sealed class Gate
    {
        private readonly Lock guard = new();
        private readonly LinkedList<Place> waiting = [];
        private bool taken;

        public int Waiting
        {
            get
            {
                lock (guard)
                {
                    return waiting.Count;
                }
            }
        }

        public Place Queue(QueuedCommit? commit)
        {
            var place = new Place(commit);
            lock (guard)
            {
                if (waiting.Count >= MaxWaiting)
                {
                    throw new UnavailableException("lane_overloaded", "Too many commands are waiting for this business.", TimeSpan.FromSeconds(1));
                }

                waiting.AddLast(place);
                if (!taken)
                {
                    taken = true;
                    Call();
                }
            }

            return place;
        }

        public void Next()
        {
            lock (guard)
            {
                taken = waiting.Count > 0;
                if (taken)
                {
                    Call();
                }
            }
        }

        /// <summary>Gives the place up, unless it was called already.</summary>
        public void Leave(Place place)
        {
            lock (guard)
            {
                if (waiting.Remove(place))
                {
                    place.Called.TrySetCanceled();
                }
            }
        }

        private void Call()
        {
            var first = Take();
            if (first.Commit is null)
            {
                first.Called.SetResult(new(this, []));
                return;
            }

            List<QueuedCommit> together = [first.Commit];
            while (together.Count < MaxTogether && waiting.First is { Value.Commit: { } next })
            {
                together.Add(next);
                Take().Called.SetResult(null);
            }

            first.Called.SetResult(new(this, together));
        }

        private Place Take()
        {
            var place = waiting.First!.Value;
            waiting.RemoveFirst();
            Wait.Record(place.Waited.TotalSeconds);
            return place;
        }
    }
}
