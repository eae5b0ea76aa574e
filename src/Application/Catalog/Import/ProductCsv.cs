namespace Mainstreet.Application.Catalog.Import;

/// <summary>Reads product files in the CSV format that Shopify exports. Pure: the same bytes always give the same answer, ids included.</summary>
internal static class ProductCsv
{
    /// <summary>
    /// Reads a whole file. Rows with one handle are one product, wherever they stand. A faulty row is reported and left out;
    /// it takes nothing else with it, unless it is the first row of its handle and says what the product is.
    /// </summary>
    /// <param name="csv">UTF-8, or what spreadsheets write in its place; the caller limits its size.</param>
    /// <param name="currency">The ISO 4217 code of the currency of all prices, which the format itself does not tell.</param>
    /// <exception cref="Domain.DomainException">The file as a whole cannot be read (see <see cref="CatalogImportErrors"/>), or <c>currency_unknown</c>.</exception>
    public static async Task<CatalogImport> Read(Stream csv, string currency, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await csv.CopyToAsync(buffer, cancellationToken);
        return Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), currency);
    }

    public static CatalogImport Read(ReadOnlySpan<byte> csv, string currency)
    {
        var (text, encoding) = CsvText.Decode(csv);
        var records = CsvRecords.Read(text);
        var columns = CatalogColumns.Read(records[0]);
        ProductRow[] rows = [.. records.Skip(1).Select(record => new ProductRow(record, columns))];
        var warnings = new List<RowIssue>();
        var missing = columns.Missing.ToHashSet(StringComparer.Ordinal);
        if (encoding is CsvText.Windows1252)
        {
            warnings.Add(new(1, null, RowErrors.EncodingAssumed, "The file is not UTF-8 and was read as Windows-1252: check accents and currency signs."));
        }

        ProductRows[] products =
        [
            .. rows.Where(row => row.Handle is not null)
                .GroupBy(row => row.Handle!, StringComparer.Ordinal)
                .Select(handle => new ProductRows([.. handle], currency, missing, warnings)),
        ];
        Array.ForEach(products, product => product.Read());
        Array.ForEach(products, product => product.FindDuplicates());
        FindDuplicates(rows, row => row.Sku, CatalogColumns.Sku, RowErrors.SkuDuplicate);
        FindDuplicates(rows, row => row.Barcode, CatalogColumns.Barcode, RowErrors.BarcodeDuplicate);
        Array.ForEach(products, product => product.KeepLimits());
        ImportedProduct[] finished = [.. products.Select(product => product.Finish()).OfType<ImportedProduct>()];
        return new(
            finished,
            Array.ConvertAll(rows, row => row.Result()),
            [.. warnings.OrderBy(warning => warning.Line)],
            encoding,
            columns.Unknown,
            columns.Missing);
    }

    /// <summary>Requirement CAT-12: SKU and barcode are unique in a business.</summary>
    private static void FindDuplicates(ProductRow[] rows, Func<ProductRow, string?> code, string column, string error)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (code(row) is { } value && !seen.TryAdd(value, row.Line))
            {
                row.Cells.Fail(column, error, $"{value} is on line {seen[value]} already.");
            }
        }
    }
}
