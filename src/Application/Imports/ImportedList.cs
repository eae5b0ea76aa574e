using System.Text.Json.Nodes;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Exports;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Stock;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>A list that can be imported (row 36): what its export has is understood, and what nobody sets is passed over.</summary>
/// <param name="Name">As callers write it; the export of the same name can be imported.</param>
/// <param name="Permission">Of whoever may change it.</param>
/// <param name="Row">The record of a row in an export.</param>
/// <param name="Keys">A table has one of these columns: they tell which thing a row means.</param>
/// <param name="Step">Brings some rows into the list in one commit, and says of each what became of it.</param>
/// <param name="More">What rows may have besides.</param>
/// <param name="RowsAtOnce">Bounds how long one commit holds the business's lane: some tens of milliseconds.</param>
public sealed record ImportedList(string Name, string Permission, Type Row, string[] Keys, Func<ImportRow[], IRequest<ImportStepReceipt>> Step, int RowsAtOnce, params string[] More)
{
    private const int WeightAtOnce = 100;

    /// <summary>By name.</summary>
    public static IReadOnlyList<ImportedList> All { get; } =
    [
        new("categories", Permissions.ProductsWrite, typeof(CategoryView), ["id", "slug", "name"], rows => new ImportCategoryRows(rows), RowsAtOnce: 50),
        new("option_groups", Permissions.ProductsWrite, typeof(OptionGroupView), ["id", "name"], rows => new ImportOptionGroupRows(rows), RowsAtOnce: 50),
        new("products", Permissions.ProductsImport, typeof(ProductView), ["id", "handle"], rows => new ImportProductRows(rows), RowsAtOnce: 20)
        {
            Weight = row => (row.Value?["variants"] as JsonArray)?.Count ?? 1,
        },
        new("stock", Permissions.StockWrite, typeof(StockLevelView), ["variant_id", "sku"], rows => new ImportStockRows(rows), RowsAtOnce: 100, More: "location"),
    ];

    /// <summary>By name: those of an export, those that tell a row apart, and what rows may have besides.</summary>
    public IReadOnlyDictionary<string, ListColumn> Columns { get; } = ListColumns.Of(Row)
        .Concat(Keys.Concat(More).Select(key => new ListColumn([key], typeof(string))))
        .DistinctBy(column => column.Name, StringComparer.Ordinal)
        .ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <summary>How much a commit has to do with a row.</summary>
    private Func<ImportRow, int> Weight { get; init; } = _ => 1;

    public static ImportedList? Find(string name) => All.FirstOrDefault(list => list.Name == name);

    /// <summary>Whether rows have a member of this name.</summary>
    internal bool Knows(string member) => Columns.Values.Any(column => column.Path[0] == member);

    /// <summary>The rows of each step, always the same for the same rows.</summary>
    internal IEnumerable<ImportRow[]> Steps(IEnumerable<ImportRow> rows)
    {
        var (step, weight) = (new List<ImportRow>(), 0);
        foreach (var row in rows)
        {
            if (step.Count > 0 && (step.Count == RowsAtOnce || weight + Weight(row) > WeightAtOnce))
            {
                yield return [.. step];
                step.Clear();
                weight = 0;
            }

            step.Add(row);
            weight += Weight(row);
        }

        if (step.Count > 0)
        {
            yield return [.. step];
        }
    }
}
