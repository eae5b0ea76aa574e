using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>Every projection, with how far it is.</summary>
public sealed record ListProjections(ProjectionScope Scope) : IRequest<IReadOnlyList<ProjectionState>>;

internal sealed class ListProjectionsHandler(IRebuilds rebuilds) : IRequestHandler<ListProjections, IReadOnlyList<ProjectionState>>
{
    public Task<IReadOnlyList<ProjectionState>> Handle(ListProjections query, CancellationToken cancellationToken) =>
        rebuilds.Projections(query.Scope, cancellationToken);
}
