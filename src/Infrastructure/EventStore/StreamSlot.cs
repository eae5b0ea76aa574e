using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>A stream as loaded for a decision, and then as the decision leaves it.</summary>
internal sealed class StreamSlot(Guid id, AggregateKind kind)
{
    public Guid Id => id;

    public AggregateKind Kind => kind;

    public object? State { get; private set; }

    public int Version { get; private set; }

    /// <summary>The version before the decision.</summary>
    public int StoredVersion { get; private set; }

    /// <summary>The position of the last stored event; 0 for an empty stream.</summary>
    public long Position { get; private set; }

    /// <summary>The inline views' rows before the decision.</summary>
    public Dictionary<ViewTable, ViewRow> Views { get; } = [];

    /// <param name="position">Of the last event that the snapshot holds.</param>
    public void Restore(object state, int version, long position) => (State, Version, StoredVersion, Position) = (state, version, version, position);

    public void Apply(IEvent e, int version, long position)
    {
        State = kind.Evolve(State, e);
        (Version, StoredVersion) = (version, version);
        Position = position;
    }

    public void Append(IEvent e)
    {
        State = kind.Evolve(State, e);
        Version++;
    }
}
