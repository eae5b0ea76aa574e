namespace Mainstreet.Application.Catalog.Import;

/// <summary>The codes of what can be wrong with a row (error) or was taken in another form (warning).</summary>
internal static class RowErrors
{
    // The row as a whole: its cells cannot be told apart, so none of them is read.
    public const string RowTooShort = "row_too_short";
    public const string RowTooLong = "row_too_long";
    public const string QuoteStray = "quote_stray";

    /// <summary>The row is fine, but its product has a faulty first row or no variant left.</summary>
    public const string ProductFaulty = "product_faulty";

    // One cell.
    public const string Required = "required";
    public const string HandleInvalid = "handle_invalid";
    public const string FormulaCell = "formula_cell";
    public const string ControlCharacter = "control_character";
    public const string TooLong = "too_long";
    public const string NotOneOf = "not_one_of";
    public const string NumberInvalid = "number_invalid";
    public const string NumberNegative = "number_negative";
    public const string NumberPlaces = "number_places";
    public const string NumberTooLarge = "number_too_large";
    public const string UrlInvalid = "url_invalid";

    // Cells that contradict other rows.
    public const string OptionNameDiffers = "option_name_differs";
    public const string OptionNameDuplicate = "option_name_duplicate";
    public const string OptionUnexpected = "option_unexpected";
    public const string VariantDuplicate = "variant_duplicate";
    public const string SkuDuplicate = "sku_duplicate";
    public const string BarcodeDuplicate = "barcode_duplicate";

    public const string TooManyVariants = "too_many_variants";
    public const string TooManyImages = "too_many_images";

    // Warnings.
    public const string EncodingAssumed = "encoding_assumed";
    public const string HtmlRemoved = "html_removed";
    public const string CompareAtNotHigher = "compare_at_not_higher";
    public const string TitleDiffers = "title_differs";
}
