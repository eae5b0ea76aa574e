using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Application.Catalog;
using Mainstreet.Domain.Imports;

namespace Mainstreet.Application.Imports;

/// <summary>What is wrong with a row. It quotes nothing of the row, so it may be kept when the row is gone.</summary>
/// <param name="Place">The JSON pointer of the member; empty: the whole row.</param>
public sealed record ImportFault(string Place, string Code, string Message)
{
    public static string Step(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <summary>A row as it was read.</summary>
/// <param name="Row">From 1, without the header and blank lines.</param>
/// <param name="Line">Of the file on which it begins, from 1.</param>
/// <param name="Value">Null where it could not be read.</param>
public sealed record ImportRow(int Row, int Line, JsonObject? Value, ImportFault? Fault)
{
    /// <summary>Whether the file says anything of a member, be it that there is none.</summary>
    internal bool Says(string member) => Value!.ContainsKey(member);

    /// <summary>The same of a member of a nested record.</summary>
    internal bool Says(string member, string part) => Value![member] is JsonObject record && record.ContainsKey(part);

    /// <summary>Null with the fault where a member is of another sort than it has to be.</summary>
    internal T? Read<T>(out ImportFault? fault) where T : class
    {
        try
        {
            fault = null;
            return Value.Deserialize<T>(StoredJson.Options);
        }
        catch (JsonException e)
        {
            // $.variants[0].price becomes /variants/0/price
            var path = (e.Path ?? "").TrimStart('$').Replace('[', '.').Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
            fault = new(path, "value_invalid", "The value is of another sort than belongs there, or is out of range.");
            return null;
        }
    }
}

/// <param name="Id">Of the thing that the row means, where it is known.</param>
/// <param name="Fault">With status faulty.</param>
public sealed record ImportOutcome(int Row, int Line, ImportStatus Status, Guid? Id, ImportFault? Fault)
{
    internal static ImportOutcome Faulty(ImportRow row, ImportFault fault, Guid? id = null) => new(row.Row, row.Line, ImportStatus.Faulty, id, fault);

    internal static ImportCounts Count(IReadOnlyCollection<ImportOutcome> rows)
    {
        return new(rows.Count, Of(ImportStatus.Created), Of(ImportStatus.Updated), Of(ImportStatus.Unchanged), Of(ImportStatus.Faulty));

        int Of(ImportStatus status) => rows.Count(row => row.Status == status);
    }
}

/// <summary>What became of some rows, in one commit.</summary>
public sealed record ImportStepReceipt(ImportOutcome[] Rows) : Committed(0);
