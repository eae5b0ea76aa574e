using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>What a product file says, after its faulty rows are left out. Requirement CAT-10.</summary>
/// <param name="Products">The products that can be imported, in the order of their first rows.</param>
/// <param name="Rows">One result per row that is not a blank line, in the order of the file.</param>
/// <param name="Warnings">What was taken in another form than it stood in the file.</param>
/// <param name="DetectedEncoding"><c>utf-8</c>, <c>utf-8-bom</c> or <c>windows-1252</c>.</param>
/// <param name="UnknownColumns">Columns of the file that the format does not have: not read.</param>
/// <param name="MissingColumns">Optional columns that the file does not have: their defaults apply.</param>
internal sealed record CatalogImport(
    IReadOnlyList<ImportedProduct> Products,
    IReadOnlyList<RowResult> Rows,
    IReadOnlyList<RowIssue> Warnings,
    string DetectedEncoding,
    IReadOnlyList<string> UnknownColumns,
    IReadOnlyList<string> MissingColumns);

/// <summary>A product that keeps the rules of <see cref="Product"/>.</summary>
/// <param name="Id">Always the same for the same handle, so that a repeated import meets the product it made.</param>
/// <param name="Handle">The product's key in the file and its slug.</param>
/// <param name="DescriptionHtml">Sanitized HTML, or null.</param>
/// <param name="Category">The name of its category, or null.</param>
/// <param name="Status">Draft, published or archived.</param>
/// <param name="OptionNames">None for a product that is sold in one form only.</param>
/// <param name="Variants">At least one.</param>
/// <param name="Images">In display order, the primary one first; no URL twice.</param>
/// <param name="IsComplete">False when a row of the product was faulty, so that more may belong to it than stands here.</param>
/// <param name="Missing">The columns that its file does not have: what they would say stays as it is.</param>
/// <param name="CategoryId">Its category where that is known by id and not by name.</param>
/// <param name="PrimaryImage">The URL of one of its images; null: the first one.</param>
/// <param name="OptionGroups">Null when the file does not say.</param>
/// <param name="Translations">Null when the file does not say.</param>
internal sealed record ImportedProduct(
    ProductId Id,
    string Handle,
    int Line,
    string Title,
    string? DescriptionHtml,
    string? Vendor,
    string? Category,
    IReadOnlyList<string> Tags,
    ProductStatus Status,
    IReadOnlyList<string> OptionNames,
    IReadOnlyList<ImportedVariant> Variants,
    IReadOnlyList<ImportedImage> Images,
    IReadOnlySet<string> Missing,
    bool IsComplete = true,
    CategoryId? CategoryId = null,
    int? PreparationMinutes = null,
    string? PrimaryImage = null,
    OptionGroupId[]? OptionGroups = null,
    Translation[]? Translations = null);

/// <param name="Id">Always the same for the same handle and option values.</param>
/// <param name="Name">Its option values, or the product's title when it has no options.</param>
/// <param name="OptionValues">One per option name of the product.</param>
/// <param name="CompareAtPrice">The former price, higher than <paramref name="Price"/>, or null.</param>
/// <param name="Cost">What the business pays per piece, or null.</param>
/// <param name="Quantity">On hand, at most 3 decimal places; null when the file does not say.</param>
/// <param name="StockPolicy">Null when the file does not say.</param>
/// <param name="WeightGrams">Rounded to whole grams; null when the file gives none or 0.</param>
/// <param name="Options">Where they have names of their own; else those of the product.</param>
internal sealed record ImportedVariant(
    VariantId Id,
    int Line,
    string Name,
    IReadOnlyList<string> OptionValues,
    Money Price,
    Money? CompareAtPrice,
    Money? Cost,
    decimal? Quantity,
    StockPolicy? StockPolicy,
    int? WeightGrams,
    string? Sku,
    string? Barcode,
    bool Taxable,
    bool RequiresShipping,
    VariantOption[]? Options = null);

/// <param name="Position">Null: as it stands among the others.</param>
internal sealed record ImportedImage(string Url, string? AltText, int? Position = null);

public enum RowStatus
{
    /// <summary>Everything in the row is part of the import.</summary>
    Ok,

    /// <summary>Neither the row's variant nor its image is part of the import.</summary>
    Faulty,

    /// <summary>There is nothing in the row to import.</summary>
    Ignored,
}

/// <param name="Line">The line of the file on which the row starts, from 1; a quoted cell may hold further lines.</param>
/// <param name="Handle">The row's handle, or null when it has none.</param>
public sealed record RowResult(int Line, string? Handle, RowStatus Status, IReadOnlyList<RowIssue> Errors);

/// <param name="Column">The column's name, or null when the whole row is meant.</param>
/// <param name="Code">Stable, snake_case; catalogued in <c>RowErrors</c>.</param>
public sealed record RowIssue(int Line, string? Column, string Code, string Message);
