using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>
/// The rows of one handle. The first one carries what the product is; each row may add a variant, an image or both.
/// </summary>
internal sealed class ProductRows(IReadOnlyList<ProductRow> rows, string currency, IReadOnlySet<string> missing, List<RowIssue> warnings)
{
    private const string DefaultTitle = "Default Title";
    private const int MaxOptionName = 100;
    private const int MaxTag = 100;
    private const int MaxTags = 100;

    private ImportedProduct? _details;

    private ProductRow First => rows[0];

    /// <summary>Reads every row by itself.</summary>
    public void Read()
    {
        if (!First.IsReadable)
        {
            return;
        }

        var options = ReadOptions();
        _details = ReadDetails(options);
        First.ReadVariant(options, _details?.Title ?? "", currency, warnings);
        First.ReadImage();
        foreach (var row in rows.Skip(1).Where(row => row.IsReadable && _details is not null))
        {
            ReadFurther(row, options);
        }
    }

    /// <summary>Reports variants that are there twice, on the later row, be the earlier one faulty or not.</summary>
    public void FindDuplicates()
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows.Where(row => row.OptionValues is not null))
        {
            if (!seen.TryAdd(string.Join('\n', row.OptionValues!), row.Line))
            {
                var name = row.OptionValues!.Length == 0 ? "The product" : string.Join(" / ", row.OptionValues!);
                row.Cells.Fail(null, RowErrors.VariantDuplicate, $"{name} is on line {seen[string.Join('\n', row.OptionValues!)]} already.");
            }
        }
    }

    /// <summary>Reports the rows that go beyond what a product may have.</summary>
    public void KeepLimits()
    {
        var variants = 0;
        var images = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => !row.IsFaulty))
        {
            if (row.Image is var (image, _) && images.Count == Product.MaxImages && !images.Contains(image.Url))
            {
                row.Cells.Fail(CatalogColumns.ImageSrc, RowErrors.TooManyImages, CatalogErrors.TooManyImages.Message);
            }
            else if (row.Variant is not null && variants == Product.MaxVariants)
            {
                row.Cells.Fail(null, RowErrors.TooManyVariants, CatalogErrors.TooManyVariants.Message);
            }
            else
            {
                variants += row.Variant is null ? 0 : 1;
                images.UnionWith(row.Image is var (kept, _) ? [kept.Url] : []);
            }
        }
    }

    /// <summary>The product of the rows without errors; null when the product itself or all of its variants are faulty, which every row then tells.</summary>
    public ImportedProduct? Finish()
    {
        ImportedVariant[] variants = [.. rows.Where(row => !row.IsFaulty).Select(row => row.Variant).OfType<ImportedVariant>()];
        if (_details is not null && variants.Length > 0)
        {
            var images = rows
                .Where(row => !row.IsFaulty && row.Image is not null)
                .Select(row => row.Image!.Value)
                .OrderBy(image => image.Position)
                .Select(image => image.Image)
                .DistinctBy(image => image.Url, StringComparer.Ordinal);
            return _details with { Variants = variants, Images = [.. images], IsComplete = rows.All(row => !row.IsFaulty) };
        }

        foreach (var row in rows.Where(row => !row.IsFaulty))
        {
            row.Cells.Fail(null, RowErrors.ProductFaulty, _details is null
                ? $"The first row of {First.Handle}, line {First.Line}, is faulty, so the product cannot be imported."
                : $"{First.Handle} has no variant that can be imported.");
        }

        return null;
    }

    private ImportedProduct? ReadDetails((string Column, string Name)[] options)
    {
        var cells = First.Cells;
        var title = cells.RequiredText(CatalogColumns.Title);
        var body = DescriptionHtml.Sanitize(cells.Raw(CatalogColumns.Body));
        var vendor = cells.Text(CatalogColumns.Vendor);
        var type = cells.Text(CatalogColumns.Type);
        var tags = ReadTags(cells);
        var published = cells.OneOf(CatalogColumns.Published, "true", "true", "false");
        var status = cells.OneOf(CatalogColumns.Status, "active", "active", "draft", "archived", "unlisted");
        if (body.Html?.Length > CsvRecords.MaxCell)
        {
            cells.Fail(CatalogColumns.Body, RowErrors.TooLong, $"The description is longer than {CsvRecords.MaxCell} characters.");
        }

        if (First.IsFaulty)
        {
            return null;
        }

        if (body.Removed)
        {
            warnings.Add(new(First.Line, CatalogColumns.Body, RowErrors.HtmlRemoved, "Parts of the description that are not text were taken out."));
        }

        return new ImportedProduct(
            new ProductId(Uuid.Named("product", First.Handle!)),
            First.Handle!,
            First.Line,
            title!,
            body.Html,
            vendor,
            type,
            tags,
            (status, published) switch
            {
                ("archived", _) => ProductStatus.Archived,
                ("active", "true") => ProductStatus.Published,
                _ => ProductStatus.Draft,
            },
            [.. options.Select(option => option.Name)],
            [],
            [],
            missing);
    }

    private static string[] ReadTags(RowReader cells)
    {
        var text = cells.Text(CatalogColumns.Tags, CsvRecords.MaxCell) ?? "";
        string[] tags = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (tags.Length > MaxTags || Array.Exists(tags, tag => tag.Length > MaxTag))
        {
            cells.Fail(CatalogColumns.Tags, RowErrors.TooLong, $"There are at most {MaxTags} tags of at most {MaxTag} characters.");
        }

        return tags;
    }

    // "Title" with "Default Title" is how the format says that a product has one variant and no options.
    private (string Column, string Name)[] ReadOptions()
    {
        var options = new List<(string Column, string Name)>();
        foreach (var (nameColumn, valueColumn) in CatalogColumns.Options)
        {
            var hasValue = First.Cells.Has(valueColumn);
            if (IsDefaultTitle(First, valueColumn) && (!First.Cells.Has(nameColumn) || Is(First.Cells.Raw(nameColumn), "Title")))
            {
                continue;
            }

            if ((First.Cells.Has(nameColumn) || hasValue) && First.Cells.RequiredText(nameColumn, MaxOptionName) is { } name)
            {
                if (options.Exists(option => Is(option.Name, name)))
                {
                    First.Cells.Fail(nameColumn, RowErrors.OptionNameDuplicate, $"{name} is the name of another option too.");
                }

                options.Add((valueColumn, name));
            }
        }

        return [.. options];
    }

    private void ReadFurther(ProductRow row, (string Column, string Name)[] options)
    {
        foreach (var (nameColumn, valueColumn) in CatalogColumns.Options)
        {
            var option = Array.Find(options, o => string.Equals(o.Column, valueColumn, StringComparison.Ordinal));
            if (option.Name is null)
            {
                if (row.Cells.Has(valueColumn) && !IsDefaultTitle(row, valueColumn))
                {
                    row.Cells.Fail(valueColumn, RowErrors.OptionUnexpected, $"The product's first row, line {First.Line}, does not name this option.");
                }
            }
            else if (row.Cells.Has(nameColumn) && !Is(row.Cells.Raw(nameColumn).Trim(), option.Name))
            {
                row.Cells.Fail(nameColumn, RowErrors.OptionNameDiffers, $"The product's first row, line {First.Line}, calls this option {option.Name}.");
            }
        }

        if (row.Cells.Has(CatalogColumns.Title) && !Is(row.Cells.Raw(CatalogColumns.Title).Trim(), _details!.Title))
        {
            warnings.Add(new(row.Line, CatalogColumns.Title, RowErrors.TitleDiffers, $"The title of the product's first row, line {First.Line}, is taken."));
        }

        if (row.HasVariant)
        {
            row.ReadVariant(options, _details!.Title, currency, warnings);
        }

        if (row.HasImage)
        {
            row.ReadImage();
        }
    }

    private static bool IsDefaultTitle(ProductRow row, string valueColumn) => Is(row.Cells.Raw(valueColumn).Trim(), DefaultTitle);

    private static bool Is(string text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
