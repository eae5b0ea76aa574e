using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Changes a category; members that are null stay. Errors: not_found (404) also for the parent, stale_version (412),
/// slug_taken (409), category_cycle, category_too_deep (422), name_invalid, slug_invalid (400).
/// </summary>
/// <param name="Active">False hides it from customers; its products stay visible.</param>
public sealed record ChangeCategory(
    CategoryId Id, int? ExpectedVersion, string? Name, string? Slug, Change<CategoryId?>? ParentId, int? DisplayOrder, bool? Active) : IRequest<Committed>;

internal sealed class ChangeCategoryHandler(ILane lane) : IRequestHandler<ChangeCategory, Committed>
{
    public Task<Committed> Handle(ChangeCategory command, CancellationToken cancellationToken)
    {
        var moves = command.ParentId is not null || command.DisplayOrder is not null;
        var parent = command.ParentId?.To;
        return lane.Run(
            streams =>
            {
                streams.Of<Category>(command.Id.Value).Of<Category>(parent.Ids());
                if (moves)
                {
                    streams.AllCategories();
                }
            },
            (log, now) =>
            {
                var category = log.Get<Category>(command.Id.Value);
                log.Expect(command.Id.Value, command.ExpectedVersion);
                log.RefuseUnknownCategory(parent);
                Append(category.Rename(command.Name ?? category.Name, command.Slug ?? category.Slug, now));
                if (moves)
                {
                    var place = command.ParentId is { } given ? given.To : category.ParentId;
                    Append(category.Move(place, command.DisplayOrder ?? category.DisplayOrder, new CategoryTree(log.All<Category>()), now));
                    log.FollowTaxes(now);
                }

                Append(command.Active switch
                {
                    true => category.Activate(now),
                    false => category.Deactivate(now),
                    null => [],
                });
                return new Committed(log.Version(command.Id.Value));

                void Append(CategoryEvent[] events) => log.Append<Category, CategoryEvent>(command.Id.Value, events);
            },
            cancellationToken);
    }
}
