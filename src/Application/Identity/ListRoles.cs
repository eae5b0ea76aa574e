using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>The roles that the business defined, by name. Runs in the platform's tenant.</summary>
public sealed record ListRoles(TenantId Business, PageRequest Page) : IRequest<Page<RoleView>>;

/// <summary>Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record GetRole(TenantId Business, RoleId RoleId) : IRequest<RoleView>;

internal sealed class ListRolesHandler(IReadStore reads) : IRequestHandler<ListRoles, Page<RoleView>>
{
    private const string List = "roles";

    public async Task<Page<RoleView>> Handle(ListRoles query, CancellationToken cancellationToken)
    {
        var rows = await reads.List<RoleView>(
            "select * from rm.roles where business_id = @business and not deleted and (@name::text is null or name > @name) order by name limit @rows",
            new { query.Business, Name = query.Page.After(List)?.Text(0), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, List, row => [row.Name]);
    }
}

internal sealed class GetRoleHandler(IReadStore reads) : IRequestHandler<GetRole, RoleView>
{
    public async Task<RoleView> Handle(GetRole query, CancellationToken cancellationToken) =>
        await reads.Find<RoleView>(
            "select * from rm.roles where business_id = @business and id = @role_id and not deleted", new { query.Business, query.RoleId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("role"));
}
