using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>One row of the file: its place, its product's handle and what it adds to the product.</summary>
internal sealed class ProductRow
{
    private const string NameSeparator = " / ";

    private readonly CsvRecord _record;

    public ProductRow(CsvRecord record, CatalogColumns columns)
    {
        _record = record;
        Cells = new RowReader(record, columns);
        if (!record.IsBlank)
        {
            CheckShape(columns);
            Handle = IsReadable ? ReadHandle() : ToHandle(Cells.Raw(CatalogColumns.Handle).Trim());
        }
    }

    public RowReader Cells { get; }

    public int Line => _record.Line;

    /// <summary>Null when the row has none or an impossible one.</summary>
    public string? Handle { get; }

    /// <summary>False when the cells do not stand under their columns.</summary>
    public bool IsReadable { get; private set; } = true;

    /// <summary>True when something in the row belongs to a variant's identity or price; amounts of stock and switches stand on image rows too.</summary>
    public bool HasVariant => Array.Exists(CatalogColumns.Options, o => Cells.Has(o.Value)) || Cells.Has(CatalogColumns.Price) || Cells.Has(CatalogColumns.Sku);

    public bool HasImage => Cells.Has(CatalogColumns.ImageSrc);

    /// <summary>The values of its options; null when the row adds no variant, or one whose options cannot be told.</summary>
    public string[]? OptionValues { get; private set; }

    public string? Sku { get; private set; }

    public string? Barcode { get; private set; }

    /// <summary>What the row says of a variant; part of the import only when the row has no error.</summary>
    public ImportedVariant? Variant { get; private set; }

    /// <summary>The row's image and its place: the file's position, else after those that have one.</summary>
    public (ImportedImage Image, decimal Position)? Image { get; private set; }

    public bool IsFaulty => Cells.Errors.Count > 0;

    public RowResult Result() => new(
        Line,
        Handle ?? (Cells.Has(CatalogColumns.Handle) ? Shorten(Cells.Raw(CatalogColumns.Handle).Trim()) : null),
        IsFaulty ? RowStatus.Faulty : Variant is not null || Image is not null ? RowStatus.Ok : RowStatus.Ignored,
        Cells.Errors);

    public void ReadImage()
    {
        var url = Cells.Url(CatalogColumns.ImageSrc);
        var position = Cells.Number(CatalogColumns.ImagePosition, places: 0, max: int.MaxValue);
        var alt = Cells.Text(CatalogColumns.ImageAlt, max: 500);
        Image = url is null ? null : (new ImportedImage(url, alt), position ?? decimal.MaxValue);
    }

    /// <summary>Reads the variant of a product with these options; <paramref name="options"/> are the columns that hold its values.</summary>
    public void ReadVariant((string Column, string Name)[] options, string title, string currency, List<RowIssue> warnings)
    {
        var values = Array.ConvertAll(options, option => Cells.RequiredText(option.Column));
        if (values.Sum(value => (value?.Length ?? 0) + NameSeparator.Length) - NameSeparator.Length > RowReader.MaxText)
        {
            Cells.Fail(options[0].Column, RowErrors.TooLong, $"The option values are longer than {RowReader.MaxText} characters together.");
        }

        OptionValues = IsFaulty ? null : [.. values.OfType<string>()];
        if (!Cells.Has(CatalogColumns.Price))
        {
            Cells.Fail(CatalogColumns.Price, RowErrors.Required, $"{CatalogColumns.Price} is missing.");
        }

        var price = Cells.Amount(CatalogColumns.Price, currency);
        var compareAt = Cells.Amount(CatalogColumns.CompareAt, currency);
        var cost = Cells.Amount(CatalogColumns.Cost, currency);
        var quantity = Cells.Number(CatalogColumns.Quantity, places: 3, Quantities.Max);
        var weight = Cells.Number(CatalogColumns.Grams, places: 6, max: 1_000_000_000);
        var policy = Cells.OneOf(CatalogColumns.Policy, "deny", "deny", "continue");
        var taxable = Cells.OneOf(CatalogColumns.Taxable, "true", "true", "false");
        var shipped = Cells.OneOf(CatalogColumns.RequiresShipping, "true", "true", "false");
        Sku = Cells.Code(CatalogColumns.Sku);
        Barcode = Cells.Code(CatalogColumns.Barcode);
        if (IsFaulty)
        {
            return;
        }

        var isHigher = compareAt?.Amount > price!.Value.Amount;
        if (compareAt?.Amount > 0 && !isHigher)
        {
            warnings.Add(new(Line, CatalogColumns.CompareAt, RowErrors.CompareAtNotHigher, "The price to compare with is not higher than the price, so it is left out."));
        }

        Variant = new(
            new VariantId(Uuid.Named(["variant", Handle!, .. OptionValues!])),
            Line,
            OptionValues is { Length: > 0 } ? string.Join(NameSeparator, OptionValues) : title,
            OptionValues!,
            price!.Value,
            isHigher ? compareAt : null,
            cost,
            quantity,
            PolicyOf(policy!),
            weight > 0 ? Math.Max(1, (int)Math.Round(weight.Value, MidpointRounding.AwayFromZero)) : null,
            Sku,
            Barcode,
            taxable is "true",
            shipped is "true");
    }

    // A blank tracker counts as tracked here (many exports leave it blank beside real quantities); "none" is the way to say untracked.
    private StockPolicy? PolicyOf(string policy) =>
        string.Equals(Cells.Raw(CatalogColumns.Tracker).Trim(), "none", StringComparison.OrdinalIgnoreCase) ? StockPolicy.Untracked
        : !Cells.Has(CatalogColumns.Policy) ? null
        : policy is "continue" ? StockPolicy.Backorder
        : StockPolicy.Deny;

    private void CheckShape(CatalogColumns columns)
    {
        var (cells, expected) = (_record.Cells.Length, columns.Names.Length);
        if (_record.StrayQuote is { } stray)
        {
            Cells.Fail(columns.Names.ElementAtOrDefault(stray), RowErrors.QuoteStray, "A quotation mark inside the cell is not doubled, or the cell is not closed where it ends.");
        }
        else if (cells < expected)
        {
            Cells.Fail(null, RowErrors.RowTooShort, $"The row has {cells} cells; the header names {expected} columns.");
        }
        else if (cells > expected)
        {
            Cells.Fail(null, RowErrors.RowTooLong, $"The row has {cells} cells; the header names {expected} columns.");
        }

        IsReadable = !IsFaulty;
    }

    private string? ReadHandle()
    {
        if (Cells.RequiredText(CatalogColumns.Handle) is not { } text)
        {
            return null;
        }

        if (ToHandle(text) is { } handle)
        {
            return handle;
        }

        Cells.Fail(CatalogColumns.Handle, RowErrors.HandleInvalid, CatalogErrors.HandleInvalid.Message);
        return null;
    }

    private static string? ToHandle(string text) => text.ToLowerInvariant() is var handle && Check.IsSlug(handle) ? handle : null;

    private static string Shorten(string text) => text.Length <= RowReader.MaxText ? text : text[..RowReader.MaxText];
}
