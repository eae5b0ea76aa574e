using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>What readers would see change. Errors: not_found (404), rebuild_not_ready (409).</summary>
public sealed record GetRebuildDiff(Guid Id, string Projection, ProjectionScope Scope) : IRequest<RebuildDiff>;

internal sealed class GetRebuildDiffHandler(IRebuilds rebuilds) : IRequestHandler<GetRebuildDiff, RebuildDiff>
{
    public Task<RebuildDiff> Handle(GetRebuildDiff query, CancellationToken cancellationToken) => rebuilds.Diff(query.Id, query.Projection, query.Scope, cancellationToken);
}
