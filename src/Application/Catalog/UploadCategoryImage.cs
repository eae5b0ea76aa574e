using Mainstreet.Application.Files;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Files;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Keeps an image, which stands for the category from now on as that of <see cref="SetCategoryImage"/> does. Repeated under its idempotency key it is one file.
/// Errors: those of <see cref="SetCategoryImage"/> and <see cref="ImageFile.Of"/>, storage_full (422), file_store_unavailable (503).
/// </summary>
/// <param name="File">What it is, its own bytes say.</param>
public sealed record UploadCategoryImage(CategoryId Id, int? ExpectedVersion, byte[] File, string? Alt) : IRequest<UploadedCategoryImage>;

public sealed record UploadedCategoryImage(CategoryImage Image, ImageFile File, int Size, int Version) : Committed(Version);

internal sealed class UploadCategoryImageHandler(
    IPublicFiles files, ImageLimits limits, ITenantScopes scopes, IAggregates aggregates, ILane lane, ITenantContext context, TimeProvider clock)
    : IRequestHandler<UploadCategoryImage, UploadedCategoryImage>
{
    public async Task<UploadedCategoryImage> Handle(UploadCategoryImage command, CancellationToken cancellationToken)
    {
        var file = ImageFile.Of(command.File, limits);
        var id = command.Id.Value;
        var key = new FileKey(context.Tenant, FileKey.OfCategories, $"{Uuid.Named("category_image", context.CommandId.ToString()):N}.{file.Extension}");
        var image = new CategoryImage(files.AddressOf(key), command.Alt);

        // what is refused is refused before anything is kept
        var before = await aggregates.Find<Category, CategoryEvent>(id, cancellationToken) ?? throw new DomainException(CatalogErrors.CategoryNotFound);
        before.State.SetImage(image, clock.GetUtcNow());
        await scopes.Send(context.Tenant, new ExpectFiles(), cancellationToken);
        await files.Keep(key, command.File, clock.GetUtcNow(), cancellationToken);
        return await lane.Run(
            streams => streams.Of<Category>(id),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                log.Append<Category, CategoryEvent>(id, log.Get<Category>(id).SetImage(image, now));
                return new UploadedCategoryImage(image, file, command.File.Length, log.Version(id));
            },
            cancellationToken);
    }
}
