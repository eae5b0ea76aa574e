using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>The option groups by name.</summary>
/// <param name="Archived">Those that are put away, and not the others.</param>
public sealed record ListOptionGroups(bool Archived, PageRequest Page) : IRequest<Page<OptionGroupView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetOptionGroup(OptionGroupId Id) : IRequest<OptionGroupView>;

internal sealed class ListOptionGroupsHandler(IReadStore reads) : IRequestHandler<ListOptionGroups, Page<OptionGroupView>>
{
    public async Task<Page<OptionGroupView>> Handle(ListOptionGroups query, CancellationToken cancellationToken)
    {
        var list = $"option groups\n{query.Archived}";
        var after = query.Page.After(list);
        var rows = await reads.List<OptionGroupView>(
            """
            select * from rm.option_groups
             where archived = @archived and (@after_name::text is null or (name_key, id) > (@after_name, @after_id))
             order by name_key, id limit @rows
            """,
            new { query.Archived, AfterName = after?.Text(0), AfterId = after?.Id(1), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, list, group => [group.NameKey, group.Id]);
    }
}

internal sealed class GetOptionGroupHandler(IReadStore reads) : IRequestHandler<GetOptionGroup, OptionGroupView>
{
    public async Task<OptionGroupView> Handle(GetOptionGroup query, CancellationToken cancellationToken) =>
        await reads.Find<OptionGroupView>("select * from rm.option_groups where id = @id", new { query.Id }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("option group"));
}
