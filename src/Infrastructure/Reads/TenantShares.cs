using System.Collections.Concurrent;
using Mainstreet.Application;
using Mainstreet.Domain;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// Which part of the connections a business's reads may hold at once, so that a busy one leaves some to the others. Who comes later waits in
/// turn, without a connection, and so do only those of the same business. What all have in common, the platform and the pool, has half of them.
/// </summary>
internal sealed class TenantShares(NpgsqlDataSource database, IOptions<ReadOptions> options) : IDisposable
{
    /// <summary>Reads that may wait for one business in this process.</summary>
    public const int MaxWaiting = 1_000;

    private readonly ConcurrentDictionary<TenantId, Share> shares = new();
    private readonly int pool = new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize;

    /// <summary>A connection within the tenant's share, until it is disposed of. Errors: UnavailableException business_overloaded when too many wait already.</summary>
    public async Task<SharedConnection> Open(TenantId tenant, CancellationToken cancellationToken)
    {
        var share = shares.GetOrAdd(tenant, static (of, all) => new Share(all.PlacesOf(of)), this);
        await share.Enter(cancellationToken);
        try
        {
            return new(await database.OpenConnectionAsync(cancellationToken), share);
        }
        catch
        {
            share.Leave();
            throw;
        }
    }

    /// <summary>Whether one who asks now need not wait, unless another asks at the same moment.</summary>
    public bool HasRoom(TenantId tenant) => !shares.TryGetValue(tenant, out var share) || share.HasRoom;

    public void Dispose()
    {
        foreach (var share in shares.Values)
        {
            share.Dispose();
        }
    }

    private int PlacesOf(TenantId tenant) => tenant == TenantId.Platform || tenant == TenantId.Pool
        ? Math.Max(1, pool / 2)
        : options.Value.PerBusiness ?? Math.Max(1, pool / 4);

    internal sealed class Share(int places) : IDisposable
    {
        private readonly SemaphoreSlim free = new(places);
        private int waiting;

        public bool HasRoom => free.CurrentCount > 0;

        public async ValueTask Enter(CancellationToken cancellationToken)
        {
            if (await free.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                return;
            }

            try
            {
                if (Interlocked.Increment(ref waiting) > MaxWaiting)
                {
                    throw new UnavailableException("business_overloaded", "Too many requests are waiting for this business.", TimeSpan.FromSeconds(1));
                }

                await free.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }

        public void Leave() => free.Release();

        public void Dispose() => free.Dispose();
    }
}

/// <summary>A connection that counts for a tenant while it is open.</summary>
internal readonly struct SharedConnection(NpgsqlConnection connection, TenantShares.Share share) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.DisposeAsync();
        }
        finally
        {
            share.Leave();
        }
    }
}
