using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// An image that is somewhere already stands for a category from now on, in place of any other (CAT-02, CAT-03). Errors: not_found (404), stale_version (412), image_invalid (400).
/// </summary>
public sealed record SetCategoryImage(CategoryId Id, int? ExpectedVersion, CategoryImage Image) : IRequest<Committed>;

/// <summary>Nothing happens where there is none. Errors: not_found (404), stale_version (412).</summary>
public sealed record RemoveCategoryImage(CategoryId Id, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class SetCategoryImageHandler(IAggregates aggregates, TimeProvider clock) :
    IRequestHandler<SetCategoryImage, Committed>, IRequestHandler<RemoveCategoryImage, Committed>
{
    public Task<Committed> Handle(SetCategoryImage command, CancellationToken cancellationToken) => aggregates.Update<Category, CategoryEvent>(
        command.Id.Value, command.ExpectedVersion, category => category.SetImage(command.Image, clock.GetUtcNow()), cancellationToken);

    public Task<Committed> Handle(RemoveCategoryImage command, CancellationToken cancellationToken) => aggregates.Update<Category, CategoryEvent>(
        command.Id.Value, command.ExpectedVersion, category => category.RemoveImage(clock.GetUtcNow()), cancellationToken);
}
