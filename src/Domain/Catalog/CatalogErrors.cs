namespace Mainstreet.Domain.Catalog;

public static class CatalogErrors
{
    public static readonly DomainError HandleInvalid = Invalid("handle_invalid", "A handle has lower-case letters, digits and single hyphens, at most 200 characters.");
    public static readonly DomainError NameInvalid = Invalid("name_invalid", "A name has 1 to 200 characters.");
    public static readonly DomainError DescriptionTooLong = Invalid("description_too_long", "A description has at most 100,000 characters.");
    public static readonly DomainError TranslationTooLong = Invalid("description_too_long", $"A description in another language has at most {Translation.MaxDescription} characters.");
    public static readonly DomainError VendorInvalid = Invalid("vendor_invalid", "A vendor has at most 200 characters.");
    public static readonly DomainError TagsInvalid = Invalid("tags_invalid", "There are at most 100 different tags of 1 to 100 characters.");
    public static readonly DomainError PreparationInvalid = Invalid("preparation_minutes_invalid", "Preparation takes from 0 to 10,080 minutes.");
    public static readonly DomainError OptionsInvalid = Invalid("options_invalid", "A variant has at most 10 options with different names of 1 to 100 and values of 1 to 200 characters.");
    public static readonly DomainError CodeInvalid = Invalid("variant_code_invalid", "A SKU or barcode has 1 to 100 characters.");
    public static readonly DomainError WeightInvalid = Invalid("weight_invalid", "A weight is not negative.");
    public static readonly DomainError PriceInvalid = Invalid("price_invalid", $"A price is from 0 to {Product.MaxPrice} minor units.");
    public static readonly DomainError ImageInvalid = Invalid("image_invalid", "An image has an http(s) address of at most 2,048 characters, an alternative text of at most 500 and a position that is not negative.");
    public static readonly DomainError LocaleInvalid = Invalid("locale_invalid", "A locale is a language, such as he, or one of a country, such as pt-BR.");
    public static readonly DomainError CategoryImageInvalid =
        Invalid(ImageInvalid.Code, "An image has an http(s) address of at most 2,048 characters and an alternative text of at most 500.");

    public static readonly DomainError ImageUnknown = Invalid("primary_image_unknown", "The primary image is one of the product's images.");

    // CAT-12; what an archived product had is free for others
    public static readonly DomainError HandleTaken = Taken("handle_taken", "Another product has this handle.");
    public static readonly DomainError SkuTaken = Taken("sku_taken", "Another variant has this SKU.");
    public static readonly DomainError VariantTaken = Taken("variant_taken", "Another product has a variant with this id.");
    public static readonly DomainError BarcodeTaken = Taken("barcode_taken", "Another variant has this barcode.");

    /// <summary>A business has one currency (C3), so its products have it too.</summary>
    public static DomainError OtherCurrency(string currency) => new("currency_mismatch", $"The prices of this business are in {currency}.");

    public static readonly DomainError MixedCurrencies = new("mixed_currencies", "A product has one currency.");
    public static readonly DomainError TooManyVariants = new("too_many_variants", $"A product has at most {Product.MaxVariants} variants.");
    public static readonly DomainError TooManyImages = new("too_many_images", $"A product has at most {Product.MaxImages} images.");
    public static readonly DomainError DuplicateTranslation = new("duplicate_translation", "There are two translations of one locale.", ErrorKind.Conflict);
    public static readonly DomainError TooManyTranslations = new("too_many_translations", $"There are at most {Translation.Max} translations of one thing.");
    public static readonly DomainError DuplicateVariant = new("duplicate_variant", "Two variants of a product share their id, options, SKU or barcode.", ErrorKind.Conflict);
    public static readonly DomainError DuplicateImage = new("duplicate_image", "The product has this image already.", ErrorKind.Conflict);
    public static readonly DomainError NoVariant = new("product_without_variant", "A published product has at least one variant.");

    public static readonly DomainError VariantNotFound = DomainError.NotFound("variant");
    public static readonly DomainError ImageNotFound = DomainError.NotFound("image");

    public static readonly DomainError SlugInvalid = Invalid("slug_invalid", "A slug has lower-case letters, digits and single hyphens, at most 200 characters.");
    public static readonly DomainError SlugTaken = Taken("slug_taken", "Another category has this slug.");
    public static readonly DomainError CategoryNotFound = DomainError.NotFound("category");
    public static readonly DomainError CategoryTooDeep = new("category_too_deep", $"At most {Category.MaxDepth} categories stand one below the other.");
    public static readonly DomainError CategoryCycle = new("category_cycle", "A category cannot stand below itself.");

    public static readonly DomainError SelectionsInvalid = Invalid(
        "selections_invalid", $"Of a group at least 0 and at most 1 to {OptionGroup.MaxSelections} are chosen, of a choice at most 1 to {OptionGroup.MaxSelections}.");

    public static readonly DomainError ChoiceCount = new("choice_count", $"An option group has 1 to {OptionGroup.MaxChoices} choices.");
    public static readonly DomainError DuplicateChoice = new("duplicate_choice", "Two choices of a group share their id or name.", ErrorKind.Conflict);
    public static readonly DomainError SelectionsUnreachable = new("selections_unreachable", "All choices together may not be taken as often as the group asks for at least.");
    public static readonly DomainError TooManyDefaults = new("too_many_defaults", "More choices are chosen by default than may be chosen.");
    public static readonly DomainError ChoiceNotFound = DomainError.NotFound("choice");

    public static readonly DomainError TooManyOptionGroups = new("too_many_option_groups", $"A product names at most {Product.MaxOptionGroups} option groups.");
    public static readonly DomainError DuplicateOptionGroup = new("duplicate_option_group", "A product names each option group once.", ErrorKind.Conflict);

    /// <summary>With every place.</summary>
    public static DomainError OptionGroupsUnknown(IEnumerable<int> unknown) => Named(DomainError.NotFound("option group"), unknown);

    /// <inheritdoc cref="OptionGroupsUnknown" />
    public static DomainError OptionGroupsArchived(IEnumerable<int> archived) => Named(new("option_group_archived", "An archived option group is not offered.", ErrorKind.Conflict), archived);

    /// <inheritdoc cref="OptionGroupsUnknown" />
    public static DomainError OptionGroupsShareChoices(IEnumerable<int> shared) => Named(new(DuplicateChoice.Code, "A choice of this option group has the id of another group's.", ErrorKind.Conflict), shared);

    /// <summary>Somebody gave the product another option group while it was being bought.</summary>
    public static readonly DomainError OptionGroupsMoved = new("conflict", "The product's choices are being changed at this very moment.", ErrorKind.Busy);

    /// <summary>What is chosen cannot be bought like that; <c>errors</c> say why, each with its place.</summary>
    public static DomainError ChoicesInvalid(IEnumerable<ChoiceFault> faults) => new("choices_invalid", "Some of the choices cannot be made like that.", Details: DomainError.DetailsOf(
        ("errors", faults.Select(fault => DomainError.DetailsOf(("code", fault.Code), ("message", fault.Message), ("pointer", fault.Place))).ToArray())));

    private static DomainError Named(DomainError error, IEnumerable<int> places) => error with
    {
        Details = DomainError.DetailsOf(("errors", places.Select(place => DomainError.DetailsOf(
            ("code", error.Code), ("message", error.Message), ("pointer", $"/option_group_ids/{place}"))).ToArray())),
    };

    private static DomainError Taken(string code, string message) => new(code, message, ErrorKind.Conflict);

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
