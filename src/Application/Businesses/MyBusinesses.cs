using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>The businesses in which a user has a role, the first joined first. Runs in the platform's tenant.</summary>
public sealed record ListMyBusinesses(UserId UserId, PageRequest Page) : IRequest<Page<BusinessMembership>>;

internal sealed class ListMyBusinessesHandler(IReadStore reads) : IRequestHandler<ListMyBusinesses, Page<BusinessMembership>>
{
    private const string List = "my businesses";

    public async Task<Page<BusinessMembership>> Handle(ListMyBusinesses query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<BusinessMembership>(
            $"""
            {Memberships.Select}
             where m.user_id = @user_id and m.active and b.business_id is not null
               and (@since::timestamptz is null or (m.since, m.business_id) > (@since, @id))
             order by m.since, m.business_id limit @rows
            """,
            new { query.UserId, Since = after?.Time(0), Id = after?.Id(1), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, List, row => [row.Since, row.BusinessId]);
    }
}

/// <summary>Runs in the platform's tenant. Errors: not_found (404) for a business in which the user has no role.</summary>
public sealed record GetMyBusiness(UserId UserId, TenantId BusinessId) : IRequest<BusinessMembership>;

internal sealed class GetMyBusinessHandler(IReadStore reads) : IRequestHandler<GetMyBusiness, BusinessMembership>
{
    public async Task<BusinessMembership> Handle(GetMyBusiness query, CancellationToken cancellationToken) =>
        await reads.Find<BusinessMembership>(
            $"{Memberships.Select} where m.user_id = @user_id and m.active and b.business_id = @business_id", new { query.UserId, query.BusinessId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("business"));
}
