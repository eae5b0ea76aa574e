using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>Decides on one product of a file, in the lane: all that is good of it is appended, or nothing at all.</summary>
internal sealed class ProductImportDecision(ILaneLog log, KnownCatalogue catalogue, MeantProduct meant, DateTimeOffset now)
{
    /// <summary>What no lane can decide on, because it was changed between the reading and the lane.</summary>
    private static readonly DomainError Moved = new("conflict", "The product was changed at the same time; import the file again.", ErrorKind.Conflict);

    private static readonly DomainError NoCategory = new("category_unknown", "There is no category with this id.") { Place = "/category_id" };

    private static readonly DomainError NoOptionGroup = new("option_group_unknown", "There is no option group with this id.");

    private readonly ImportedProduct imported = meant.Imported;
    private readonly ProductId id = meant.Id;
    private readonly Product? present = log.Find<Product>(meant.Id.Value);

    public ProductOutcome Apply()
    {
        try
        {
            Check.That(imported.CategoryId is not { } known || log.Find<Category>(known.Value) is not null, NoCategory);
            CheckOptionGroups();
            var draft = ImportedDraft.Of(imported, id, imported.CategoryId ?? Category?.Id);
            var wanted = present is null ? draft : ImportedDraft.Keep(draft, present, imported.Missing);
            var variants = imported.Variants.Zip(wanted.Variants, (row, variant) => Decide(row, variant, wanted)).ToArray();
            var good = wanted with { Variants = [.. variants.Where(variant => variant.Issue is null).Select(variant => variant.Wanted)] };
            return good.Variants.Length == 0 ? NothingGood(variants) : Append(good, variants);
        }
        catch (DomainException e) when (e.Error.Kind is ErrorKind.Conflict or ErrorKind.Rule or ErrorKind.Invalid)
        {
            return ProductOutcome.Refused(imported, e.Error);
        }
    }

    private (CategoryId Id, string Slug)? Category =>
        imported.Category is { } name && Slug.From(name) is var slug ? (catalogue.Categories[slug], slug) : null;

    private VariantDecision Decide(ImportedVariant row, Variant wanted, ProductDraft draft)
    {
        var variant = present?.Met(wanted, draft.Variants)?.Id ?? wanted.Id;
        if (catalogue.IsSkuTaken(wanted.Details.Sku))
        {
            return new(row, wanted, variant, [], new(row.Line, CatalogColumns.Sku, CatalogErrors.SkuTaken.Code, CatalogErrors.SkuTaken.Message));
        }

        if (catalogue.IsBarcodeTaken(wanted.Details.Barcode))
        {
            return new(row, wanted, variant, [], new(row.Line, CatalogColumns.Barcode, CatalogErrors.BarcodeTaken.Code, CatalogErrors.BarcodeTaken.Message));
        }

        Check.That(catalogue.Variants.Contains(variant), Moved);
        try
        {
            return new(row, wanted, variant, Stock(row, variant), null);
        }
        catch (DomainException e)
        {
            return new(row, wanted, variant, [], new(row.Line, CatalogColumns.Quantity, e.Error.Code, e.Error.Message));
        }
    }

    private StockEvent[] Stock(ImportedVariant row, VariantId variant)
    {
        var item = log.Find<StockItem>(variant.Value);
        var events = new List<StockEvent>();
        Record(item is null ? StockItem.Open(variant, row.StockPolicy ?? StockPolicy.Deny, minimum: 0, now) : []);
        Record(row.StockPolicy is { } policy ? item!.SetPolicy(policy, now) : []);
        Record(row.Quantity is { } quantity ? item!.Import(quantity, now) : []);
        return [.. events];

        void Record(StockEvent[] decided)
        {
            events.AddRange(decided);
            item = decided.Aggregate(item, StockItem.Evolve);
        }
    }

    private ProductOutcome Append(ProductDraft good, VariantDecision[] variants)
    {
        var partial = !imported.IsComplete || good.Variants.Length < variants.Length;
        var decided = present is null ? Product.Create(id, good, now) : present.Import(good, partial, now);
        ProductEvent[] before = [.. decided.TakeWhile(e => e is not ProductArchived)];
        ProductEvent[] events = [.. before, .. Besides(before.Aggregate(present, Product.Evolve)!), .. decided[before.Length..]];
        if (Category is var (category, slug) && log.Find<Category>(category.Value) is null)
        {
            log.Append<Category, CategoryEvent>(category.Value, Domain.Catalog.Category.Create(
                category, parentId: null, imported.Category!, slug, displayOrder: 0, CategoryTree.Empty, now));
        }

        log.Append<Product, ProductEvent>(id.Value, events);
        foreach (var variant in variants.Where(variant => variant.Issue is null))
        {
            log.Append<StockItem, StockEvent>(variant.Id.Value, variant.Stock);
        }

        VariantOutcome[] outcomes = [.. variants.Select(variant => new VariantOutcome(variant.Row.Line, variant.Id, StatusOf(variant, events), variant.Issue))];
        var changed = events.Length > 0 || variants.Any(variant => variant.Stock.Length > 0);
        return new(
            imported.Handle,
            imported.Line,
            id,
            present is null ? ImportStatus.Created : changed ? ImportStatus.Updated : ImportStatus.Unchanged,
            DetailsChanged: events.Any(e => !IsOfImages(e) && VariantOf(e) is null),
            ImagesChanged: events.Any(IsOfImages),
            outcomes,
            Refusal: null);
    }

    /// <summary>One that is archived may be named: what is exported can be imported.</summary>
    private void CheckOptionGroups()
    {
        foreach (var (i, group) in (imported.OptionGroups ?? []).Index())
        {
            var found = log.Find<OptionGroup>(group.Value) ?? throw new DomainException(NoOptionGroup with { Place = $"/option_groups/{i}" });
            Check.That(
                !OptionMenu.Share(found, imported.OptionGroups!.Take(i).Select(other => log.Find<OptionGroup>(other.Value)!)), CatalogErrors.DuplicateChoice with { Place = $"/option_groups/{i}" });
        }
    }

    /// <summary>Option groups and translations, as far as the file says; an archived product keeps those that it has.</summary>
    private ProductEvent[] Besides(Product product) => product.Status == ProductStatus.Archived ? [] :
    [
        .. imported.OptionGroups is { } groups ? product.SetOptionGroups(groups, now) : [],
        .. imported.Translations is { } translations ? product.SetTranslations(translations, now) : [],
    ];

    private ProductOutcome NothingGood(VariantDecision[] variants) => ProductOutcome.Refused(
        imported, new(RowErrors.ProductFaulty, $"{imported.Handle} has no variant that can be imported.")) with
    {
        Variants = [.. variants.Select(variant => new VariantOutcome(variant.Row.Line, variant.Id, ImportStatus.Faulty, variant.Issue))],
    };

    private ImportStatus StatusOf(VariantDecision variant, ProductEvent[] events) =>
        variant.Issue is not null ? ImportStatus.Faulty
        : present?.Find(variant.Id) is null ? ImportStatus.Created
        : variant.Stock.Length > 0 || events.Any(e => VariantOf(e) == variant.Id) ? ImportStatus.Updated
        : ImportStatus.Unchanged;

    private static VariantId? VariantOf(ProductEvent e) => e switch
    {
        ProductVariantAdded added => added.Variant.Id,
        ProductVariantChanged changed => changed.VariantId,
        ProductPriceChanged changed => changed.VariantId,
        ProductCostChanged changed => changed.VariantId,
        _ => null,
    };

    private static bool IsOfImages(ProductEvent e) => e is ProductImageAdded or ProductImageChanged or ProductImageRemoved or ProductPrimaryImageSet;

    /// <param name="Id">Of the variant in the catalogue.</param>
    private sealed record VariantDecision(ImportedVariant Row, Variant Wanted, VariantId Id, StockEvent[] Stock, RowIssue? Issue);
}
