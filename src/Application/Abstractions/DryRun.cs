using System.Text.Json.Nodes;
using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a command that is only tried would have done; collected by the commits of its steps, none of which happens.</summary>
public sealed class DryRun
{
    private readonly List<DryEvent> events = [];
    private readonly List<DryState> states = [];

    /// <summary>The public events, in order.</summary>
    public IReadOnlyList<DryEvent> Events => events;

    /// <summary>What the changed things would look like.</summary>
    public IReadOnlyList<DryState> States => states;

    /// <summary>A step that builds on one before it finds nothing of that.</summary>
    public static DomainException NotPossible(string why) => new(new("dry_run_not_possible", $"This cannot be tried without effect: {why}"));

    /// <summary>An event that an earlier step would have recorded already is there once.</summary>
    public void Add(DryEvent added)
    {
        if (!events.Exists(e => e.SubjectId == added.SubjectId && e.Version == added.Version))
        {
            events.Add(added);
        }
    }

    public void Add(DryState state)
    {
        states.RemoveAll(before => before.SubjectId == state.SubjectId);
        states.Add(state);
    }
}

/// <param name="Type">The public type, such as order.placed.</param>
/// <param name="SubjectId">The thing that it happens to.</param>
public sealed record DryEvent(string Type, int SchemaVersion, string Subject, Guid SubjectId, int Version, JsonNode Data);

/// <param name="Views">By the name of the view.</param>
public sealed record DryState(string Subject, Guid SubjectId, int Version, JsonObject Views);
