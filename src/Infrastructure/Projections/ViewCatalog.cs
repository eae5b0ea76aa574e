using System.Collections.Frozen;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>All declared projections with their tables.</summary>
internal sealed class ViewCatalog
{
    private readonly FrozenDictionary<string, ViewTable> byName;
    private readonly FrozenDictionary<string, DomainError> errors;

    public ViewCatalog(IEnumerable<IProjection> projections)
    {
        Tables = [.. projections.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new ViewTable(p))];
        All = [.. Tables.SelectMany(table => table.Parts.Select(parts => parts.Table).Prepend(table))];
        byName = All.ToFrozenDictionary(table => table.ReadName, StringComparer.Ordinal);
        errors = All.SelectMany(table =>
                table.Indexes.Where(index => index.Unique is not null)
                    .Select(index => (Name: ViewSql.IndexName(table, index.Suffix), Error: index.Unique!))
                .Concat(table.Checks.Select((check, i) => (ViewSql.IndexName(table, $"_check_{i + 1}"), check.Error))))
            .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
    }

    /// <summary>One per projection.</summary>
    public IReadOnlyList<ViewTable> Tables { get; }

    /// <summary>These and the tables of their parts.</summary>
    public IReadOnlyList<ViewTable> All { get; }

    public ViewTable? Named(string name) => byName.GetValueOrDefault(name);

    /// <summary>The domain's error for a violated unique index or check of a view.</summary>
    public DomainError? ErrorOf(string constraint) => errors.GetValueOrDefault(constraint);

    /// <summary>The views that commits on streams of this event type write themselves.</summary>
    public IEnumerable<ViewTable> InlineFor(Type eventBase, IEnumerable<Type> eventTypes) =>
        Tables.Where(table => table.Projection.Inline && eventTypes.Any(type => eventBase.IsAssignableFrom(type) && table.Projection.Handles(type)));
}
