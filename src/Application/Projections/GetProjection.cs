using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>A projection with the tenants in which it is parked or furthest behind. Errors: not_found (404).</summary>
public sealed record GetProjection(string Name, ProjectionScope Scope) : IRequest<ProjectionDetail>;

public sealed record ProjectionDetail(ProjectionState State, IReadOnlyList<ProjectionLag> Tenants);

internal sealed class GetProjectionHandler(IRebuilds rebuilds) : IRequestHandler<GetProjection, ProjectionDetail>
{
    public async Task<ProjectionDetail> Handle(GetProjection query, CancellationToken cancellationToken)
    {
        var state = (await rebuilds.Projections(query.Scope, cancellationToken)).FirstOrDefault(state => state.Name == query.Name)
            ?? throw new DomainException(DomainError.NotFound("projection"));
        return new(state, await rebuilds.Tenants(query.Name, query.Scope, cancellationToken));
    }
}
