using FluentValidation;
using Mainstreet.Application.Files;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Files;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Keeps an image, and adds it to the product as <see cref="AddProductImage"/> does (CAT-03). Repeated under its idempotency key it is one file.
/// Errors: those of <see cref="AddProductImage"/> and <see cref="ImageFile.Of"/>, storage_full (422), file_store_unavailable (503).
/// </summary>
/// <param name="File">What it is, its own bytes say.</param>
public sealed record UploadProductImage(ProductId ProductId, int? ExpectedVersion, byte[] File, string? Alt, int? Position, bool Primary) : IRequest<UploadedImage>;

public sealed record UploadedImage(ProductImage Image, bool Primary, ImageFile File, int Size, int Version) : Committed(Version);

internal sealed class UploadProductImageValidator : AbstractValidator<UploadProductImage>
{
    public UploadProductImageValidator() => RuleFor(c => c.Position).GreaterThanOrEqualTo(0);
}

internal sealed class UploadProductImageHandler(
    IPublicFiles files, ImageLimits limits, ITenantScopes scopes, IAggregates aggregates, ILane lane, ITenantContext context, TimeProvider clock)
    : IRequestHandler<UploadProductImage, UploadedImage>
{
    public async Task<UploadedImage> Handle(UploadProductImage command, CancellationToken cancellationToken)
    {
        var image = ImageFile.Of(command.File, limits);
        var id = command.ProductId.Value;
        var key = new FileKey(context.Tenant, FileKey.OfProducts, $"{Uuid.Named("product_image", context.CommandId.ToString()):N}.{image.Extension}");
        var add = new AddProductImage(command.ProductId, command.ExpectedVersion, files.AddressOf(key), command.Alt, command.Position, command.Primary);

        // what is refused is refused before anything is kept
        var before = await aggregates.Find<Product, ProductEvent>(id, cancellationToken) ?? throw new DomainException(DomainError.NotFound("product"));
        AddProductImageHandler.Decide(before.State, add, clock.GetUtcNow());
        await scopes.Send(context.Tenant, new ExpectFiles(), cancellationToken);
        await files.Keep(key, command.File, clock.GetUtcNow(), cancellationToken);
        return await lane.Run(
            streams => streams.Of<Product>(id),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                log.Append<Product, ProductEvent>(id, AddProductImageHandler.Decide(log.Get<Product>(id), add, now));
                var product = log.Get<Product>(id);
                var added = Array.Find(product.Images, present => present.Url == add.Url)!;
                return new UploadedImage(added, product.PrimaryImage == add.Url, image, command.File.Length, log.Version(id));
            },
            cancellationToken);
    }
}
