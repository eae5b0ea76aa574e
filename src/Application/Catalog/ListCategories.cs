using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>All categories in display order. A business has few, so they come at once.</summary>
/// <param name="ActiveOnly">As customers see them: active, and below active ones only.</param>
public sealed record ListCategories(bool ActiveOnly) : IRequest<IReadOnlyList<CategoryView>>;

internal sealed class ListCategoriesHandler(IReadStore reads) : IRequestHandler<ListCategories, IReadOnlyList<CategoryView>>
{
    private const string All = "select * from rm.categories order by display_order, search_text, id";

    private const string Visible = """
        with recursive visible as (
          select id from rm.categories where active and parent_id is null
          union select below.id from rm.categories below join visible on below.parent_id = visible.id where below.active)
        select * from rm.categories where id in (select id from visible) order by display_order, search_text, id
        """;

    public Task<IReadOnlyList<CategoryView>> Handle(ListCategories query, CancellationToken cancellationToken) =>
        reads.List<CategoryView>(query.ActiveOnly ? Visible : All, null, cancellationToken);
}

/// <summary>Errors: not_found (404).</summary>
public sealed record GetCategory(CategoryId Id) : IRequest<CategoryView>;

internal sealed class GetCategoryHandler(IReadStore reads) : IRequestHandler<GetCategory, CategoryView>
{
    public async Task<CategoryView> Handle(GetCategory query, CancellationToken cancellationToken) =>
        await reads.Find<CategoryView>("select * from rm.categories where id = @id", new { query.Id }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("category"));
}
