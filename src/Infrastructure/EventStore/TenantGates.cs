using System.Collections.Concurrent;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// A first-in-first-out gate per tenant before a connection is taken, so that the waiting commits of one busy tenant
/// cannot empty the connection pool for the others. The queue is bounded.
/// </summary>
internal sealed class TenantGates
{
    /// <summary>Requests that may wait for one tenant in this process.</summary>
    public const int MaxWaiting = 1_000;

    private readonly ConcurrentDictionary<TenantId, Gate> gates = new();

    /// <summary>Errors: UnavailableException lane_overloaded when too many wait already.</summary>
    public async Task<IDisposable> Enter(TenantId tenant, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(tenant, static _ => new Gate());
        if (Interlocked.Increment(ref gate.Waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref gate.Waiting);
            throw new UnavailableException("lane_overloaded", "Too many commands are waiting for this business.", TimeSpan.FromSeconds(1));
        }

        try
        {
            await gate.Semaphore.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref gate.Waiting);
        }

        return gate;
    }

    private sealed class Gate : IDisposable
    {
        public int Waiting;

        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        /// <summary>Leaves the gate; the gate itself stays for the next.</summary>
        public void Dispose() => Semaphore.Release();
    }
}
