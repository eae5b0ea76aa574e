using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>How far a rebuild is. Errors: not_found (404).</summary>
public sealed record GetRebuild(Guid Id, string Projection, ProjectionScope Scope) : IRequest<Rebuild>;

internal sealed class GetRebuildHandler(IRebuilds rebuilds) : IRequestHandler<GetRebuild, Rebuild>
{
    public Task<Rebuild> Handle(GetRebuild query, CancellationToken cancellationToken) => rebuilds.Get(query.Id, query.Projection, query.Scope, cancellationToken);
}
