using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>
/// Some rows of categories. A row means the category with its id, else the one with its slug, which without another follows from the name; a
/// parent stands before what is below it.
/// </summary>
internal sealed record ImportCategoryRows(ImportRow[] Rows) : IRequest<ImportStepReceipt>;

internal sealed record CategoryRow(CategoryId? Id, CategoryId? ParentId, string? Name, string? Slug, int? DisplayOrder, bool? Active, TranslationOfRow?[]? Translations, CategoryImageOfRow? Image)
{
    public string? Address => Slug ?? (Name is null ? null : Catalog.Slug.From(Name));
}

internal sealed record CategoryImageOfRow(string? Url, string? Alt);

internal sealed class ImportCategoryRowsHandler(ILane lane, IReadStore reads) : IRequestHandler<ImportCategoryRows, ImportStepReceipt>
{
    public async Task<ImportStepReceipt> Handle(ImportCategoryRows command, CancellationToken cancellationToken)
    {
        var known = await reads.List<Known>("select id, slug from rm.categories", null, cancellationToken);
        var bySlug = known.ToDictionary(category => category.Slug, category => category.Id, StringComparer.Ordinal);
        var ids = known.Select(category => category.Id).ToHashSet();
        var rows = command.Rows.Select(row => (Row: row, Value: row.Read<CategoryRow>(out var fault), Fault: fault)).ToArray();
        var meant = rows.Select(row => row.Value is null ? null : Meant(row.Value)).ToArray();
        return await lane.Run(
            streams => streams.AllCategories().Of<Category>(known.Select(category => category.Id.Value)).Of<Category>(meant.OfType<CategoryId>().Select(id => id.Value)),
            (log, now) =>
            {
                var receipt = new ImportStepReceipt([.. rows.Zip(meant, (row, id) => row.Fault is { } fault
                    ? ImportOutcome.Faulty(row.Row, fault)
                    : ImportSteps.Decide(row.Row, id?.Value, () => Apply(log, row.Row, row.Value!, id, now)))]);
                log.FollowTaxes(now);
                return receipt;
            },
            cancellationToken);

        CategoryId? Meant(CategoryRow row) =>
            row.Id is { } id && ids.Contains(id) ? id
            : row.Address is not { } slug ? row.Id
            : bySlug.TryGetValue(slug, out var present) ? present
            : row.Id ?? new CategoryId(Uuid.Named("category", slug));
    }

    private static ImportStatus Apply(ILaneLog log, ImportRow row, CategoryRow value, CategoryId? meant, DateTimeOffset now)
    {
        var id = meant ?? throw ImportSteps.Required("/name");
        var present = log.Find<Category>(id.Value);
        var all = log.All<Category>();
        var name = value.Name ?? present?.Name ?? throw ImportSteps.Required("/name");
        var slug = value.Slug ?? present?.Slug ?? value.Address!;
        var parent = row.Says("parent_id") ? value.ParentId : present?.ParentId;
        Check.That(parent is not { } above || log.Find<Category>(above.Value) is not null, CatalogErrors.CategoryNotFound with { Place = "/parent_id" });
        Check.That(all.All(other => other.Slug != slug || other.Id == id), CatalogErrors.SlugTaken with { Place = "/slug" });

        var events = new List<CategoryEvent>();
        var category = present;
        var tree = new CategoryTree(all);
        var order = value.DisplayOrder ?? present?.DisplayOrder ?? 0;
        Record(category is null ? Category.Create(id, parent, name, slug, order, tree, now) : category.Rename(name, slug, now));
        Record(category!.Move(parent, order, tree, now));
        Record(value.Active switch { true => category!.Activate(now), false => category!.Deactivate(now), null => [] });
        Record(row.Says("translations") ? category!.SetTranslations([.. TranslationOfRow.All(value.Translations).Select(text => text with { Description = null })], now) : []);
        Record(row.Says("image") ? Image(category!, row, value.Image, now) : []);
        log.Append<Category, CategoryEvent>(id.Value, [.. events]);
        return present is null ? ImportStatus.Created : events.Count > 0 ? ImportStatus.Updated : ImportStatus.Unchanged;

        void Record(CategoryEvent[] decided)
        {
            events.AddRange(decided);
            category = decided.Aggregate(category, Category.Evolve);
        }
    }

    /// <summary>What the row does not say of the image stays as it is; an image whose address is blank is none.</summary>
    private static CategoryEvent[] Image(Category category, ImportRow row, CategoryImageOfRow? image, DateTimeOffset now)
    {
        if (image is null)
        {
            return category.RemoveImage(now);
        }

        var url = row.Says("image", "url") ? image.Url : category.Image?.Url;
        return url is not null ? category.SetImage(new(url, row.Says("image", "alt") ? image.Alt : category.Image?.Alt), now)
            : image.Alt is null ? category.RemoveImage(now)
            : throw ImportSteps.Required("/image/url");
    }

    private sealed record Known(CategoryId Id, string Slug);
}
