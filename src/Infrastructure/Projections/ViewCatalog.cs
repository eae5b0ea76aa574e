using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>All declared projections with their tables.</summary>
internal sealed partial class ViewCatalog
{
    private readonly FrozenDictionary<string, ViewTable> byName;
    private readonly FrozenDictionary<string, DomainError> errors;
    private readonly ConcurrentDictionary<string, string> own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ViewTable[]> named = new(StringComparer.Ordinal);

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

    /// <summary>The tables whose reading views this SQL names.</summary>
    /// <param name="sql">One of a few texts, which are remembered.</param>
    public IReadOnlyList<ViewTable> NamedIn(string sql) =>
        named.GetOrAdd(sql, text => [.. ViewName().Matches(text).Select(name => Named(name.Groups["name"].Value)).OfType<ViewTable>()]);

    /// <summary>The same SQL on the reading views of this release's versions. One that runs beside it may have others.</summary>
    /// <param name="sql">One of a few texts, which are remembered.</param>
    public string Own(string sql) => own.GetOrAdd(sql, text => Replace(text, table => table.Read));

    /// <summary>The same SQL with something else in place of each reading view.</summary>
    public string Replace(string sql, Func<ViewTable, string> other) =>
        ViewName().Replace(sql, name => Named(name.Groups["name"].Value) is { } table ? other(table) : name.Value);

    /// <summary>The domain's error for a violated unique index or check of a view.</summary>
    public DomainError? ErrorOf(string constraint) => errors.GetValueOrDefault(constraint);

    /// <summary>The views that commits on streams of this event type write themselves.</summary>
    public IEnumerable<ViewTable> InlineFor(Type eventBase, IEnumerable<Type> eventTypes) =>
        Tables.Where(table => table.Projection.Inline && eventTypes.Any(type => eventBase.IsAssignableFrom(type) && table.Projection.Handles(type)));

    [GeneratedRegex(@"\brm\.(?<name>[a-z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ViewName();
}
