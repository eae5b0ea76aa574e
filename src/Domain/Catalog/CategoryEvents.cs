using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Catalog;

public abstract record CategoryEvent : IEvent;

[EventType("category.created.v1", Description = "There is a new category.")]
public sealed record CategoryCreated(CategoryId CategoryId, CategoryId? ParentId, string Name, string Slug, int DisplayOrder, DateTimeOffset At) : CategoryEvent;

[EventType("category.renamed.v1", Description = "A category has another name.")]
public sealed record CategoryRenamed(CategoryId CategoryId, string Name, string Slug, DateTimeOffset At) : CategoryEvent;

[EventType("category.moved.v1", Description = "A category stands at another place in the tree.")]
public sealed record CategoryMoved(CategoryId CategoryId, CategoryId? ParentId, int DisplayOrder, DateTimeOffset At) : CategoryEvent;

[EventType("category.activated.v1", Description = "A category is shown in the storefront.")]
public sealed record CategoryActivated(CategoryId CategoryId, DateTimeOffset At) : CategoryEvent;

[EventType("category.deactivated.v1", Description = "A category is no longer shown in the storefront.")]
public sealed record CategoryDeactivated(CategoryId CategoryId, DateTimeOffset At) : CategoryEvent;

/// <param name="TaxRatePercent">Null: that of the category above, else the business's.</param>
[EventType("category.tax_rate_changed.v1", Description = "What stands on a category, and below it, is taxed at another rate from now on.")]
public sealed record CategoryTaxRateChanged(CategoryId CategoryId, decimal? TaxRatePercent, DateTimeOffset At) : CategoryEvent;

[EventType("category.translated.v1", Description = "A category has this name in another language from now on.")]
public sealed record CategoryTranslated(CategoryId CategoryId, string Locale, string Name, DateTimeOffset At) : CategoryEvent;

[EventType("category.translation_removed.v1", Description = "A category has no name in a language any more.")]
public sealed record CategoryTranslationRemoved(CategoryId CategoryId, string Locale, DateTimeOffset At) : CategoryEvent;

/// <param name="Image">In place of any that stood for it.</param>
[EventType("category.image_set.v1", Description = "This image stands for a category from now on.")]
public sealed record CategoryImageSet(CategoryId CategoryId, CategoryImage Image, DateTimeOffset At) : CategoryEvent;

[EventType("category.image_removed.v1", Description = "No image stands for a category any more.")]
public sealed record CategoryImageRemoved(CategoryId CategoryId, string Url, DateTimeOffset At) : CategoryEvent;

[JsonSerializable(typeof(CategoryCreated))]
[JsonSerializable(typeof(CategoryImageSet))]
[JsonSerializable(typeof(CategoryImageRemoved))]
[JsonSerializable(typeof(CategoryTranslated))]
[JsonSerializable(typeof(CategoryTranslationRemoved))]
[JsonSerializable(typeof(CategoryRenamed))]
[JsonSerializable(typeof(CategoryMoved))]
[JsonSerializable(typeof(CategoryActivated))]
[JsonSerializable(typeof(CategoryDeactivated))]
[JsonSerializable(typeof(CategoryTaxRateChanged))]
internal sealed partial class CategoryJson : JsonSerializerContext;
