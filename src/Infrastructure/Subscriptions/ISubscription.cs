using Mainstreet.Application;
using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>Something that follows every tenant's log from a checkpoint: a projection, a policy, the webhook outlet.</summary>
internal interface ISubscription
{
    /// <summary>The checkpoint's name.</summary>
    string Name { get; }

    /// <summary>Whether a new subscription begins at position 1 of existing logs (a projection), or at their head (an effect).</summary>
    bool FromStart { get; }

    bool Handles(Type eventType);

    /// <summary>Begins work on events of one tenant, in order, all of them handled types.</summary>
    ISubscriptionPass Begin(TenantId tenant, IReadOnlyList<EventEnvelope> events);
}

/// <summary>One step of one subscription: what it reads, and then the effects that commit together with its checkpoint.</summary>
internal interface ISubscriptionPass
{
    IReadOnlyList<NpgsqlBatchCommand> Reads { get; }

    /// <summary>Called once per command of <see cref="Reads"/>, in order, with the reader on its result.</summary>
    Task Read(NpgsqlDataReader reader, CancellationToken cancellationToken);

    IEnumerable<NpgsqlBatchCommand> Writes();

    /// <summary>After the effects are committed: wake who waits for them.</summary>
    void Committed();
}

/// <summary>All subscriptions of the product: projections, policies and outlets.</summary>
internal sealed record SubscriptionCatalog(IReadOnlyList<ISubscription> All);
