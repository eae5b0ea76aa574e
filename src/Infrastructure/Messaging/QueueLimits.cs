using Mainstreet.Application;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>The section <c>Messages</c> of the configuration.</summary>
internal sealed class MessageOptions
{
    /// <summary>By queue; what is left out keeps its default.</summary>
    public Dictionary<string, QueueOptions> Queues { get; set; } = [];
}

/// <inheritdoc cref="QueueLimits" />
internal sealed class QueueOptions
{
    public int? Parallel { get; set; }

    public int? PerTenant { get; set; }
}

/// <param name="Parallel">How many messages of a queue a process runs at once. Every queue has places of its own, so that a slow one blocks nothing else (INT-03).</param>
/// <param name="PerTenant">How many of them may be one tenant's.</param>
internal sealed record QueueLimits(int Parallel, int PerTenant)
{
    /// <exception cref="InvalidOperationException">A queue that there is not, or a limit out of range.</exception>
    public static Dictionary<string, QueueLimits> Of(MessageOptions options)
    {
        if (options.Queues.Keys.FirstOrDefault(name => !Queues.All.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new InvalidOperationException($"Messages:Queues:{unknown}: there is no such queue, only {string.Join(", ", Queues.All)}.");
        }

        return Queues.All.ToDictionary(queue => queue, queue => Of(queue, options.Queues.GetValueOrDefault(queue)), StringComparer.Ordinal);
    }

    /// <summary>
    /// Commands of one tenant wait for its lane; deliveries of webhooks wait for receivers, a tenant's endpoints side by side; exports
    /// read a great deal, imports hold the lane again and again, and there is no hurry; the others wait for one provider each, of whom a tenant gets half.
    /// </summary>
    private static QueueLimits Default(string queue) => queue switch
    {
        Queues.Webhooks => new(32, 8),
        Queues.Exports => new(4, 2),
        Queues.Imports => new(4, 1),
        _ => new(8, 4),
    };

    private static QueueLimits Of(string queue, QueueOptions? wanted)
    {
        var usual = Default(queue);
        var parallel = wanted?.Parallel ?? usual.Parallel;
        var perTenant = wanted?.PerTenant ?? Math.Min(usual.PerTenant, parallel);
        return parallel is >= 1 and <= 256 && perTenant >= 1 && perTenant <= parallel
            ? new(parallel, perTenant)
            : throw new InvalidOperationException($"Messages:Queues:{queue}: Parallel is 1 to 256, PerTenant 1 to Parallel.");
    }
}
