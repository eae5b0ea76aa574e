namespace Mainstreet.Domain;

/// <summary>A recorded fact. Carries <see cref="EventTypeAttribute"/>.</summary>
public interface IEvent;

/// <summary>
/// Immutable state that is the fold of one stream. Decisions are methods that return the events they cause and change
/// nothing; an empty array means that the step had its effect already.
/// </summary>
public interface IAggregate<TSelf, TEvent>
    where TSelf : class, IAggregate<TSelf, TEvent>
    where TEvent : class, IEvent
{
    /// <summary>The state after <paramref name="e"/>; <paramref name="state"/> is null before the first event.</summary>
    static abstract TSelf Evolve(TSelf? state, TEvent e);
}

/// <summary>An aggregate with long streams: its state is stored in every commit, and loading starts there.</summary>
public interface ISnapshotted
{
    /// <summary>Raise it whenever the shape or the meaning of the state changes: older snapshots are then ignored.</summary>
    static abstract int SnapshotVersion { get; }
}

/// <summary>
/// The stored name of an event, <c>subject.fact.v1</c>. It is a public contract: outlets publish it as
/// <c>subject.fact</c> with the number as <c>schema_version</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Stays inside the product: not in feeds, webhooks or the event catalogue.</summary>
    public bool Internal { get; init; }

    /// <summary>What a public event means to whoever receives it: one or two sentences of the event catalogue.</summary>
    public string? Description { get; init; }
}

/// <summary>
/// Stored encrypted with the key of the event's <see cref="DataSubjectAttribute"/> (D18). After erasure a string reads
/// "[erased]" and anything else null, so such a member is a string or nullable.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute
{
    /// <summary>What a string reads after erasure.</summary>
    public const string Erased = "[erased]";
}

/// <summary>Marks the id of the person whose personal data the event carries.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DataSubjectAttribute : Attribute;
