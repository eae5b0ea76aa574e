using System.Collections.Concurrent;
using System.Globalization;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Messaging;
using Npgsql;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>Where each subscription of a tenant stands: statements, and a signal for those who wait for a position.</summary>
internal sealed class Checkpoints
{
    private readonly ConcurrentDictionary<TenantId, TaskCompletionSource> waiters = new();

    public static NpgsqlBatchCommand Select(TenantId tenant, string[] subscriptions) =>
        new("select subscription, position, parked_at is not null from checkpoints where tenant_id = $1 and subscription = any ($2)")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = subscriptions } },
        };

    /// <summary>
    /// Waits until no other process moves the tenant's subscriptions, and keeps others waiting for the rest of the transaction. When that takes too
    /// long it is refused (55P03): who has the turn is halted or slow. So is whoever waits for anything else in this transaction.
    /// </summary>
    /// <param name="waits">False: goes without a turn.</param>
    /// <param name="patience">How long it waits for any lock.</param>
    public static NpgsqlBatchCommand TakeTurn(bool waits, TimeSpan patience) => new("""
        select set_config('lock_timeout', $2, true), case when $1 then pg_advisory_xact_lock(hashtextextended('subscriptions ' || current_tenant(), 0)) end
        """)
    {
        Parameters = { new() { Value = waits }, new() { Value = ((long)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) } },
    };

    /// <summary>
    /// How far the slowest of these subscriptions has come, and which generation of each readers see: name_vN.generation. For a parked
    /// policy nobody waits: what the others have scheduled can be read.
    /// </summary>
    public static NpgsqlBatchCommand SelectLowest(TenantId tenant, string[] subscriptions) =>
        new("""
            select coalesce(min(coalesce(c.position, 0)) filter (where c.parked_at is null or not starts_with(n.subscription, $3)), 0)::bigint,
                   coalesce(string_agg(n.subscription || '.' || live_generation(n.subscription), ' ' order by n.subscription collate "C"), '')
              from unnest($2::text[]) as n (subscription)
              left join checkpoints c on c.tenant_id = $1 and c.subscription = n.subscription
            """)
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = subscriptions }, new() { Value = PolicySubscription.Prefix } },
        };

    /// <summary>Moves checkpoints from where they were read; raises when another process moved one.</summary>
    public static NpgsqlBatchCommand Advance(string[] subscriptions, long[] from, long[] to) => new("select advance_checkpoints($1, $2, $3)")
    {
        Parameters = { new() { Value = subscriptions }, new() { Value = from }, new() { Value = to } },
    };

    /// <summary>Leaves a subscription before the event behind this position, unless another process has moved it.</summary>
    public static NpgsqlBatchCommand Park(string subscription, long position, string error) => new("select park_subscription($1, $2, $3)")
    {
        Parameters = { new() { Value = subscription }, new() { Value = position }, new() { Value = error } },
    };

    /// <summary>Holds all checkpoints of the tenant for the rest of the transaction.</summary>
    public static NpgsqlBatchCommand Hold(string subscription) => new("select hold_checkpoint($1)") { Parameters = { new() { Value = subscription } } };

    /// <summary>Puts a subscription at this position, and on its way.</summary>
    public static NpgsqlBatchCommand Place(string subscription, long position) => new("select place_checkpoint($1, $2)")
    {
        Parameters = { new() { Value = subscription }, new() { Value = position } },
    };

    /// <summary>Completes when a checkpoint of this tenant moves in this process.</summary>
    public Task Moved(TenantId tenant) =>
        waiters.GetOrAdd(tenant, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Announce(TenantId tenant)
    {
        if (waiters.TryRemove(tenant, out var waiter))
        {
            waiter.TrySetResult();
        }
    }
}
