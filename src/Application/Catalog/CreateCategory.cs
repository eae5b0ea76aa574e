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

internal sealed class CreateCategoryHandler(ILane lane, IReadStore reads) : IRequestHandler<CreateCategory, CategoryReceipt>
{
    public async Task<CategoryReceipt> Handle(CreateCategory command, CancellationToken cancellationToken)
    {
        var id = command.Id ?? new CategoryId(Uuid.New());
        var slug = command.Slug ?? Slug.From(command.Name);
        var others = command.ParentId is null ? [] : await CategoryLane.AllIds(reads, cancellationToken);
        return await lane.Run(
            streams => streams.Of<Category>(id.Value).Of<Category>(command.ParentId.Ids()).Of<Category>(others),
            (log, now) =>
            {
                log.RefuseExisting<Category>(id.Value);
                log.RefuseUnknownCategory(command.ParentId);
                log.Append<Category, CategoryEvent>(id.Value, Category.Create(
                    id, command.ParentId, command.Name, slug, command.DisplayOrder, log.Tree([.. others, .. command.ParentId.Ids()]), now));
                return new CategoryReceipt(id, slug, log.Version(id.Value));
            },
            cancellationToken);
    }
}

/// <summary>Where a category may stand is decided on the whole tree as it is in the lane.</summary>
internal static class CategoryLane
{
    public static async Task<IReadOnlyList<Guid>> AllIds(IReadStore reads, CancellationToken cancellationToken) =>
        await reads.List<Guid>("select id from rm.categories", null, cancellationToken);

    public static CategoryTree Tree(this ILaneLog log, IEnumerable<Guid> ids) => new(ids.Distinct().Select(log.Find<Category>).OfType<Category>());
}
