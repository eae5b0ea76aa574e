using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Catalog;

public abstract record ProductEvent : IEvent;

/// <summary><paramref name="PrimaryImage"/> is the address of one of the images; null when there are none.</summary>
[EventType("product.created.v1", Description = "There is a new product, not yet published.")]
public sealed record ProductCreated(ProductId ProductId, ProductDetails Details, Variant[] Variants, ProductImage[] Images, string? PrimaryImage, DateTimeOffset At) : ProductEvent;

[EventType("product.details_changed.v1", Description = "A product's texts, category or attributes changed.")]
public sealed record ProductDetailsChanged(ProductId ProductId, ProductDetails Details, DateTimeOffset At) : ProductEvent;

[EventType("product.price_changed.v1", Description = "A variant has another price.")]
public sealed record ProductPriceChanged(ProductId ProductId, VariantId VariantId, Money Price, Money? CompareAtPrice, DateTimeOffset At) : ProductEvent;

[EventType("product.cost_changed.v1", Description = "A variant costs the business something else.")]
public sealed record ProductCostChanged(ProductId ProductId, VariantId VariantId, Money? Cost, DateTimeOffset At) : ProductEvent;

[EventType("product.variant_added.v1", Description = "A product has a new variant.")]
public sealed record ProductVariantAdded(ProductId ProductId, Variant Variant, DateTimeOffset At) : ProductEvent;

[EventType("product.variant_changed.v1", Description = "A variant's name, codes or options changed.")]
public sealed record ProductVariantChanged(ProductId ProductId, VariantId VariantId, VariantDetails Details, DateTimeOffset At) : ProductEvent;

[EventType("product.variant_removed.v1", Description = "A variant is no longer offered.")]
public sealed record ProductVariantRemoved(ProductId ProductId, VariantId VariantId, DateTimeOffset At) : ProductEvent;

[EventType("product.image_added.v1", Description = "A product has a new image.")]
public sealed record ProductImageAdded(ProductId ProductId, ProductImage Image, DateTimeOffset At) : ProductEvent;

[EventType("product.image_changed.v1", Description = "An image's text or place changed.")]
public sealed record ProductImageChanged(ProductId ProductId, ProductImage Image, DateTimeOffset At) : ProductEvent;

[EventType("product.image_removed.v1", Description = "An image was removed.")]
public sealed record ProductImageRemoved(ProductId ProductId, string Url, DateTimeOffset At) : ProductEvent;

[EventType("product.primary_image_set.v1", Description = "Another image stands for the product.")]
public sealed record ProductPrimaryImageSet(ProductId ProductId, string Url, DateTimeOffset At) : ProductEvent;

/// <param name="OptionGroups">All of them from now on, in the order in which they are asked for.</param>
[EventType("product.option_groups_set.v1", Description = "Customers choose from other option groups with a product.")]
public sealed record ProductOptionGroupsSet(ProductId ProductId, OptionGroupId[] OptionGroups, DateTimeOffset At) : ProductEvent;

[EventType("product.published.v1", Description = "A product can be bought.")]
public sealed record ProductPublished(ProductId ProductId, DateTimeOffset At) : ProductEvent;

[EventType("product.unpublished.v1", Description = "A product can no longer be bought.")]
public sealed record ProductUnpublished(ProductId ProductId, DateTimeOffset At) : ProductEvent;

[EventType("product.archived.v1", Description = "A product was put away.")]
public sealed record ProductArchived(ProductId ProductId, DateTimeOffset At) : ProductEvent;

[EventType("product.restored.v1", Description = "An archived product is back, not yet published.")]
public sealed record ProductRestored(ProductId ProductId, DateTimeOffset At) : ProductEvent;

[EventType("product.translated.v1", Description = "A product's texts in another language are these from now on.")]
public sealed record ProductTranslated(ProductId ProductId, Translation Translation, DateTimeOffset At) : ProductEvent;

[EventType("product.translation_removed.v1", Description = "A product has no texts in a language any more.")]
public sealed record ProductTranslationRemoved(ProductId ProductId, string Locale, DateTimeOffset At) : ProductEvent;

[JsonSerializable(typeof(ProductCreated))]
[JsonSerializable(typeof(ProductTranslated))]
[JsonSerializable(typeof(ProductTranslationRemoved))]
[JsonSerializable(typeof(ProductDetailsChanged))]
[JsonSerializable(typeof(ProductPriceChanged))]
[JsonSerializable(typeof(ProductCostChanged))]
[JsonSerializable(typeof(ProductVariantAdded))]
[JsonSerializable(typeof(ProductVariantChanged))]
[JsonSerializable(typeof(ProductVariantRemoved))]
[JsonSerializable(typeof(ProductImageAdded))]
[JsonSerializable(typeof(ProductImageChanged))]
[JsonSerializable(typeof(ProductImageRemoved))]
[JsonSerializable(typeof(ProductPrimaryImageSet))]
[JsonSerializable(typeof(ProductOptionGroupsSet))]
[JsonSerializable(typeof(ProductPublished))]
[JsonSerializable(typeof(ProductUnpublished))]
[JsonSerializable(typeof(ProductArchived))]
[JsonSerializable(typeof(ProductRestored))]
internal sealed partial class ProductJson : JsonSerializerContext;
