using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Infrastructures;

/// <summary>All infrastructures, by slug (TEN-07). Runs in the platform's tenant.</summary>
public sealed record ListInfrastructures(PageRequest Page) : IRequest<Page<InfrastructureView>>;

internal sealed class ListInfrastructuresHandler(IReadStore reads) : IRequestHandler<ListInfrastructures, Page<InfrastructureView>>
{
    private const string List = "infrastructures";

    public async Task<Page<InfrastructureView>> Handle(ListInfrastructures query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List)?.Text(0);
        var found = await reads.List<InfrastructureView>(
            "select * from rm.infrastructures where not removed and (@after::text is null or slug > @after) order by slug limit @rows",
            new { after, query.Page.Rows }, cancellationToken);
        var main = InfrastructureView.Default;
        var isThere = await reads.List<int>("select 1 from rm.infrastructures where id = @id", new { main.Id }, cancellationToken) is not [];
        var rows = isThere || string.CompareOrdinal(after, main.Slug) >= 0 ? found : [.. found.Append(main).OrderBy(row => row.Slug, StringComparer.Ordinal).Take(query.Page.Rows)];
        return query.Page.Cut(rows, List, row => [row.Slug]);
    }
}

/// <summary>Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record GetInfrastructure(TenantId Id) : IRequest<InfrastructureView>;

internal sealed class GetInfrastructureHandler(IReadStore reads) : IRequestHandler<GetInfrastructure, InfrastructureView>
{
    public async Task<InfrastructureView> Handle(GetInfrastructure query, CancellationToken cancellationToken)
    {
        var found = await reads.Find<InfrastructureView>("select * from rm.infrastructures where id = @id", new { query.Id }, cancellationToken);
        return found is { Removed: false } ? found
            : query.Id == InfrastructureView.Default.Id ? InfrastructureView.Default
            : throw new DomainException(DomainError.NotFound("infrastructure"));
    }
}
