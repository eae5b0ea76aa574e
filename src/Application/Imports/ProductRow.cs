using Mainstreet.Application.Catalog;
using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Imports;

/// <summary>A row of products, as an export has it. What it says nothing of stays as it is; its variants are all that there are.</summary>
internal sealed record ProductRow(
    ProductId? Id, ProductStatus? Status, string? Handle, string? Name, string? Description, string? Vendor, CategoryId? CategoryId, string?[]? Tags,
    int? PreparationMinutes, VariantOfRow?[]? Variants, ImageOfRow?[]? Images, string? PrimaryImage, OptionGroupId?[]? OptionGroups, TranslationOfRow?[]? Translations)
{
    private static readonly (string Member, string Column)[] optional =
    [
        ("description", CatalogColumns.Body), ("vendor", CatalogColumns.Vendor), ("tags", CatalogColumns.Tags), ("images", CatalogColumns.ImageSrc),
        ("status", CatalogColumns.Published),
    ];

    /// <summary>Errors: required, currency_mismatch, id_reserved and the like, with the place in the row.</summary>
    /// <param name="row">As it was read.</param>
    /// <param name="currency">Of the business.</param>
    /// <param name="known">Which ids of version 8 there are already.</param>
    public ImportedProduct Product(ImportRow row, string currency, ReservedIds known)
    {
        var handle = Handle ?? (Name is { } name ? Slug.From(name) : throw ImportSteps.Required("/handle"));
        var derived = new ProductId(Uuid.Named("product", handle));
        Check.That(Id is not { } id || id == derived || known.Has(id), ReservedIds.Refused with { Place = "/id" });
        if (Variants is not [_, ..] variants)
        {
            throw ImportSteps.Required("/variants");
        }

        return new(
            Id ?? derived,
            handle,
            row.Row,
            Name ?? throw ImportSteps.Required("/name"),
            DescriptionHtml.Sanitize(Description ?? "").Html,
            Vendor,
            Category: null,
            [.. (Tags ?? []).Select((tag, index) => tag ?? throw ImportSteps.Required($"/tags/{index}"))],
            Status ?? ProductStatus.Published,
            OptionNames: [],
            [.. variants.Select((variant, index) => (variant ?? throw ImportSteps.Required($"/variants/{index}")).Variant(index, handle, Name, currency, known))],
            [.. (Images ?? []).Select((image, index) => new ImportedImage(image?.Url ?? throw ImportSteps.Required($"/images/{index}/url"), image.Alt, image.Position))],
            optional.Where(member => !row.Says(member.Member)).Select(member => member.Column).ToHashSet(StringComparer.Ordinal),
            IsComplete: true,
            CategoryId,
            PreparationMinutes,
            PrimaryImage,
            row.Says("option_groups")
                ? [.. (OptionGroups ?? []).Select((group, index) => group ?? throw ImportSteps.Required($"/option_groups/{index}"))]
                : null,
            row.Says("translations") ? TranslationOfRow.All(Translations) : null);
    }
}

internal sealed record TranslationOfRow(string? Locale, string? Name, string? Description)
{
    /// <summary>Errors: required, with the place in the row.</summary>
    public static Translation[] All(TranslationOfRow?[]? translations) =>
    [
        .. (translations ?? []).Select((text, index) => new Translation(
            text?.Locale ?? throw ImportSteps.Required($"/translations/{index}/locale"), text.Name ?? throw ImportSteps.Required($"/translations/{index}/name"),
            DescriptionHtml.Sanitize(text.Description ?? "").Html)),
    ];
}

internal sealed record ImageOfRow(string? Url, string? Alt, int? Position);

internal sealed record VariantOfRow(VariantId? Id, DetailsOfRow? Details, AmountOfRow? Price, AmountOfRow? CompareAtPrice, AmountOfRow? Cost)
{
    public ImportedVariant Variant(int index, string handle, string product, string currency, ReservedIds known)
    {
        var place = $"/variants/{index}";
        VariantOption[] options =
        [
            .. (Details?.Options ?? []).Select((option, at) => option is { Name: { } name, Value: { } value }
                ? new VariantOption(name, value)
                : throw ImportSteps.Required($"{place}/details/options/{at}")),
        ];
        string[] values = [.. options.Select(option => option.Value)];
        var derived = new VariantId(Uuid.Named(["variant", handle, .. values]));
        Check.That(Id is not { } id || id == derived || known.Has(id), ReservedIds.Refused with { Place = $"{place}/id" });
        return new(
            Id ?? derived,
            index,
            Details?.Name ?? (values is [] ? product : string.Join(" / ", values)),
            values,
            Amount(Price, "price") ?? throw ImportSteps.Required($"{place}/price"),
            Amount(CompareAtPrice, "compare_at_price"),
            Amount(Cost, "cost"),
            Quantity: null,
            StockPolicy: null,
            Details?.WeightGrams,
            Details?.Sku,
            Details?.Barcode,
            Details?.Taxable ?? true,
            Details?.RequiresShipping ?? true,
            options);

        Money? Amount(AmountOfRow? amount, string member) => amount switch
        {
            null => null,
            { Amount: { } units, Currency: { } code } when code == currency => new Money(units, code),
            { Amount: not null, Currency: not null } => throw new DomainException(CatalogErrors.OtherCurrency(currency) with { Place = $"{place}/{member}/currency" }),
            _ => throw ImportSteps.Required($"{place}/{member}"),
        };
    }
}

internal sealed record DetailsOfRow(string? Name, OptionOfRow?[]? Options, string? Sku, string? Barcode, int? WeightGrams, bool? Taxable, bool? RequiresShipping);

internal sealed record OptionOfRow(string? Name, string? Value);

internal sealed record AmountOfRow(long? Amount, string? Currency);
