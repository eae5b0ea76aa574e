using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Application.Exports;

/// <param name="Path">From the row to the value, in snake_case.</param>
/// <param name="Type">Of the value, whether it may be missing or not.</param>
public sealed record ListColumn(string[] Path, Type Type)
{
    /// <summary>As the header of a table has it, such as total.amount.</summary>
    public string Name { get; } = string.Join('.', Path);
}

/// <summary>The table of a list: a column for each scalar of a row, those of nested records by their path; lists are JSON in one cell.</summary>
public static class ListColumns
{
    public static ListColumn[] Of(Type row) => [.. Of(row, [])];

    private static IEnumerable<ListColumn> Of(Type record, string[] path) => ShownState.MembersOf(record).SelectMany(member =>
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        string[] name = [.. path, JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)];
        return IsRecord(type) ? Of(type, name) : [new ListColumn(name, type)];
    });

    /// <summary>Of the product's own, and not an id or a choice.</summary>
    private static bool IsRecord(Type type) => type.Namespace?.StartsWith(nameof(Mainstreet), StringComparison.Ordinal) == true && !type.IsEnum && !type.IsArray && !type.IsId();
}
