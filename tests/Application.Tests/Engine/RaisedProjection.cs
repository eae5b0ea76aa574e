using Mainstreet.Domain;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>A projection as a later release has it: with a table of its own.</summary>
internal sealed class RaisedProjection(IProjection present) : IProjection
{
    public string Name => present.Name;

    public int Version => present.Version + 1;

    public Type ViewType => present.ViewType;

    public bool Inline => present.Inline;

    public IReadOnlyList<ViewIndex> Indexes => present.Indexes;

    public IReadOnlyList<(string Condition, DomainError Error)> Checks => present.Checks;

    public IReadOnlyList<ViewParts> Parts => present.Parts;

    public IReadOnlyCollection<Type> EventTypes => present.EventTypes;

    public bool Handles(Type eventType) => present.Handles(eventType);

    public IEnumerable<(object Seed, Func<object, object?> Fold)> Touch(IEvent e, FoldContext context) => present.Touch(e, context);
}
