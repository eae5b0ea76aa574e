using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Adds an image, or changes the text and position of the one with this address. The first image is the primary one; another
/// becomes it when <paramref name="Primary"/> is true (CAT-03). Errors: not_found (404), stale_version (412),
/// illegal_transition (409), image_invalid (400), too_many_images (422).
/// </summary>
/// <param name="Position">Null: after the last one, or where it is.</param>
public sealed record AddProductImage(ProductId ProductId, int? ExpectedVersion, string Url, string? Alt, int? Position, bool Primary) : IRequest<Committed>;

internal sealed class AddProductImageHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<AddProductImage, Committed>
{
    public Task<Committed> Handle(AddProductImage command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.ProductId.Value, command.ExpectedVersion, product => Decide(product, command, clock.GetUtcNow()), cancellationToken);

    internal static ProductEvent[] Decide(Product product, AddProductImage command, DateTimeOffset now)
    {
        var present = Array.Find(product.Images, image => image.Url == command.Url);
        var last = product.Images.Select(image => image.Position).DefaultIfEmpty(0).Max();
        var image = new ProductImage(command.Url, command.Alt, command.Position ?? present?.Position ?? (last == int.MaxValue ? last : last + 1));
        var events = present is null ? product.AddImage(image, now) : product.ChangeImage(image, now);
        return command.Primary ? [.. events, .. events.Aggregate(product, Product.Evolve).SetPrimaryImage(command.Url, now)] : events;
    }
}
