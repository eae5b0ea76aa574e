using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// A category, below another or at the top (CAT-02). Errors: not_found (404) for the parent, already_exists, slug_taken
/// (409), category_too_deep (422), name_invalid, slug_invalid (400).
/// </summary>
/// <param name="Slug">Null: from the name.</param>
public sealed record CreateCategory(CategoryId? Id, CategoryId? ParentId, string Name, string? Slug, int DisplayOrder) : IRequest<CategoryReceipt>;

public sealed record CategoryReceipt(CategoryId CategoryId, string Slug, int Version) : Committed(Version);

internal sealed class CreateCategoryHandler(ILane lane) : IRequestHandler<CreateCategory, CategoryReceipt>
{
    public Task<CategoryReceipt> Handle(CreateCategory command, CancellationToken cancellationToken)
    {
        var id = command.Id ?? new CategoryId(Uuid.New());
        var slug = command.Slug ?? Slug.From(command.Name);
        return lane.Run(
            streams =>
            {
                streams.Of<Category>(id.Value).Of<Category>(command.ParentId.Ids());
                if (command.ParentId is not null)
                {
                    streams.AllCategories();
                }
            },
            (log, now) =>
            {
                log.RefuseExisting<Category>(id.Value);
                log.RefuseUnknownCategory(command.ParentId);
                log.Append<Category, CategoryEvent>(id.Value, Category.Create(
                    id, command.ParentId, command.Name, slug, command.DisplayOrder, new CategoryTree(log.All<Category>()), now));
                if (command.ParentId is not null)
                {
                    log.FollowTaxes(now);
                }

                return new CategoryReceipt(id, slug, log.Version(id.Value));
            },
            cancellationToken);
    }
}
