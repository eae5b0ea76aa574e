using System.Collections.Frozen;
using Mainstreet.Domain;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>The columns of Shopify's product export, and where they stand in one file.</summary>
internal sealed class CatalogColumns
{
    public const string Handle = "Handle";
    public const string Title = "Title";
    public const string Body = "Body (HTML)";
    public const string Vendor = "Vendor";
    public const string Type = "Type";
    public const string Tags = "Tags";
    public const string Published = "Published";
    public const string Status = "Status";
    public const string Sku = "Variant SKU";
    public const string Grams = "Variant Grams";
    public const string Tracker = "Variant Inventory Tracker";
    public const string Quantity = "Variant Inventory Qty";
    public const string Policy = "Variant Inventory Policy";
    public const string Price = "Variant Price";
    public const string CompareAt = "Variant Compare At Price";
    public const string Barcode = "Variant Barcode";
    public const string ImageSrc = "Image Src";
    public const string ImagePosition = "Image Position";
    public const string ImageAlt = "Image Alt Text";
    public const string Taxable = "Variant Taxable";
    public const string RequiresShipping = "Variant Requires Shipping";
    public const string Cost = "Cost per item";

    public static readonly (string Name, string Value)[] Options =
        [("Option1 Name", "Option1 Value"), ("Option2 Name", "Option2 Value"), ("Option3 Name", "Option3 Value")];

    private static readonly string[] Required = [Handle, Title, Price];

    private static readonly string[] Optional =
    [
        Body, Vendor, Type, Tags, Published, .. Options.SelectMany(o => new[] { o.Name, o.Value }), Sku, Grams, Tracker, Quantity, Policy,
        CompareAt, Taxable, RequiresShipping, Barcode, ImageSrc, ImagePosition, ImageAlt,
    ];

    // Columns of the format that have no place here, or that not every export has (Status, Cost per item).
    private static readonly FrozenSet<string> Known = new[]
    {
        Status, Cost, "Product Category", "Variant Fulfillment Service", "Gift Card", "SEO Title",
        "SEO Description", "Variant Image", "Variant Weight Unit", "Variant Tax Code",
    }.Concat(Required).Concat(Optional).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] KnownPrefixes = ["Google Shopping / ", "Included / ", "Price / ", "Compare At Price / "];

    private readonly Dictionary<string, int> _index;

    private CatalogColumns(string[] names)
    {
        Names = names;
        _index = names.Index().Where(n => n.Item.Length > 0).ToDictionary(n => n.Item, n => n.Index, StringComparer.OrdinalIgnoreCase);
        Unknown = [.. names.Index().Where(n => !IsKnown(n.Item)).Select(n => n.Item.Length > 0 ? n.Item : $"(column {n.Index + 1})")];
        Missing = [.. Optional.Where(name => !_index.ContainsKey(name))];
    }

    public string[] Names { get; }

    public string[] Unknown { get; }

    public string[] Missing { get; }

    /// <summary>The names are taken without regard to case and surrounding blanks.</summary>
    public static CatalogColumns Read(CsvRecord header)
    {
        var names = Array.ConvertAll(header.Cells, cell => cell.Trim());
        if (header.StrayQuote is { } stray)
        {
            throw new DomainException(CatalogImportErrors.HeaderMalformed(header.Line, names.ElementAtOrDefault(stray) ?? ""));
        }

        if (names is [var only] && only.IndexOfAny([';', '\t', '|']) is >= 0 and var at)
        {
            throw new DomainException(CatalogImportErrors.WrongSeparator(only[at], header.Line));
        }

        string[] duplicates = [.. names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key)];
        if (duplicates.Length > 0)
        {
            throw new DomainException(CatalogImportErrors.ColumnsDuplicate(header.Line, duplicates));
        }

        string[] missing = [.. Required.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))];
        return missing.Length == 0
            ? new CatalogColumns(names)
            : throw new DomainException(CatalogImportErrors.ColumnsMissing(header.Line, missing));
    }

    /// <summary>The cell of a column, blank when the file has no such column.</summary>
    public string Cell(string[] cells, string column) => _index.TryGetValue(column, out var index) && index < cells.Length ? cells[index] : "";

    private static bool IsKnown(string name) =>
        Known.Contains(name) || Array.Exists(KnownPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
