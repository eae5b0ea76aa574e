using Mainstreet.Application;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>What a run of events of one tenant, in order, makes of the rows of one view. Pure: the same for live rows and for a rebuild.</summary>
internal sealed class ViewFold
{
    private readonly List<Touch> touches = [];

    public ViewFold(ViewTable table, IEnumerable<EventEnvelope> events)
    {
        foreach (var envelope in events)
        {
            var context = new FoldContext(envelope.StreamId, envelope.Version, envelope.EventId, () => envelope.Metadata.Actor);
            var touched = false;
            foreach (var (seed, fold) in table.Projection.Touch(envelope.Event, context))
            {
                touched = true;
                touches.Add(new(envelope.Position, table.KeyOf(seed), seed, fold));
            }

            if (!touched && table.FollowsStream(envelope.Event.GetType()))
            {
                touches.Add(new(envelope.Position, new ViewKey([envelope.StreamId]), null, row => row));
            }
        }
    }

    public bool IsEmpty => touches.Count == 0;

    /// <summary>The rows that the events touch.</summary>
    public IReadOnlyList<ViewKey> Keys => [.. touches.Select(touch => touch.Key).Distinct()];

    /// <param name="stored">The rows as they are; what they have folded already is not folded again.</param>
    public IReadOnlyCollection<ViewRow> Apply(Func<ViewKey, ViewRow?> stored)
    {
        var changed = new Dictionary<ViewKey, ViewRow>();
        foreach (var (position, key, seed, fold) in touches)
        {
            var row = stored(key);
            if (position > (row?.Position ?? 0) && ((changed.GetValueOrDefault(key) ?? row)?.View ?? seed) is { } view)
            {
                changed[key] = new(key, fold(view), position);
            }
        }

        return changed.Values;
    }

    /// <param name="Seed">Null where the event only passes by: a row written in commits stands at the last event of its stream.</param>
    private sealed record Touch(long Position, ViewKey Key, object? Seed, Func<object, object?> Fold);
}
