using System.Reflection;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>A column of a view's table and where its value stands in the view record.</summary>
internal sealed record ViewColumn(string Name, ColumnType Type, bool Nullable, bool IsKey, Func<object, object?> Get);

/// <summary>
/// The table of a projection: rm.name_vN with the view's members as typed columns, led by tenant and generation;
/// row_position is the position of the last event that a row has folded. The parts of its rows may have tables as well.
/// </summary>
internal sealed class ViewTable
{
    private readonly HashSet<Type> followed;

    public ViewTable(IProjection projection)
        : this(projection, projection.Name, projection.ViewType, projection.Indexes, projection.Checks, owner: null)
    {
        Parts = [.. projection.Parts.Select(parts => new ViewPartsTable(
            new ViewTable(projection, parts.Name, parts.Type, parts.Indexes, checks: [], owner: this), parts.Of))];
        KeepsUnique = Parts.Select(parts => parts.Table).Prepend(this).Any(table => table.Indexes.Any(index => index.Unique is not null));
    }

    private ViewTable(
        IProjection projection, string readName, Type row, IReadOnlyList<ViewIndex> indexes,
        IReadOnlyList<(string Condition, DomainError Error)> checks, ViewTable? owner)
    {
        (Projection, ReadName, Name) = (projection, readName, $"{readName}_v{projection.Version}");
        Readers = $"rm_v{projection.Version}";
        (Indexes, Checks, Kept) = (indexes, checks, owner ?? this);
        Columns = [.. ColumnsOf(row)];
        Keys = [.. Columns.Where(column => column.IsKey)];
        Mapper = RecordMapper.Of(row);
        followed = projection.Inline ? [.. projection.EventTypes.Select(type => type.BaseType!)] : [];
        Sql = new ViewSql(this);
    }

    public IProjection Projection { get; }

    /// <summary>Readers write rm.{ReadName}, and <see cref="ViewCatalog.Own"/> makes it <see cref="Read"/>.</summary>
    public string ReadName { get; }

    /// <summary>The schema of reading views of this version: releases with different ones do not see each other's.</summary>
    public string Readers { get; }

    public string Read => $"{Readers}.{ReadName}";

    /// <summary>name_vN: the table's name, and the name of the projection's subscription.</summary>
    public string Name { get; }

    /// <summary>The table whose subscription and generations count: this one, or the one of whose rows these are parts.</summary>
    public ViewTable Kept { get; }

    public IReadOnlyList<ViewPartsTable> Parts { get; } = [];

    public IReadOnlyList<ViewIndex> Indexes { get; }

    public IReadOnlyList<(string Condition, DomainError Error)> Checks { get; }

    public IReadOnlyList<ViewColumn> Columns { get; }

    public IReadOnlyList<ViewColumn> Keys { get; }

    /// <summary>Whether a commit is refused for what other rows hold.</summary>
    public bool KeepsUnique { get; }

    public RecordMapper Mapper { get; }

    public ViewSql Sql { get; }

    /// <summary>Whether an event of this type can change a row or, in a view that commits write, what its row has seen.</summary>
    public bool Handles(Type eventType) => Projection.Handles(eventType) || FollowsStream(eventType);

    /// <summary>Whether commits with events of this type write the view themselves: it folds some of the same aggregate's events.</summary>
    public bool FollowsStream(Type eventType) => followed.Contains(eventType.BaseType!);

    /// <summary>What identifies the row within the tenant; comparable by value.</summary>
    public ViewKey KeyOf(object view) => new([.. Keys.Select(key => key.Get(view))]);

    private static IEnumerable<ViewColumn> ColumnsOf(Type view)
    {
        var nullability = new NullabilityInfoContext();
        foreach (var parameter in view.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters())
        {
            var property = view.GetProperty(parameter.Name!)!;
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var nullable = nullability.Create(property).ReadState == NullabilityState.Nullable;
            var isKey = property.IsDefined(typeof(KeyAttribute));
            if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(Money))
            {
                yield return new(name + "_amount", ColumnType.Of(typeof(long)), nullable, isKey, row => ((Money?)property.GetValue(row))?.Amount);
                yield return new(name + "_currency", ColumnType.Of(typeof(string)), nullable, isKey, row => ((Money?)property.GetValue(row))?.Currency);
                continue;
            }

            var type = ColumnType.Of(property.PropertyType);
            yield return new(name, type, nullable, isKey, row => property.GetValue(row) is { } value ? type.ToColumn(value) : null);
        }
    }
}

/// <summary>The key columns' values of a row.</summary>
internal sealed class ViewKey(object?[] parts) : IEquatable<ViewKey>
{
    public IReadOnlyList<object?> Parts => parts;

    public bool Equals(ViewKey? other) => other is not null && parts.SequenceEqual(other.Parts);

    public override bool Equals(object? obj) => Equals(obj as ViewKey);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }
}
