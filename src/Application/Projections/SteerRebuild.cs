using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>
/// Promotes, cancels or rolls back a rebuild. It answers at once; the rebuild's status tells when readers see the change.
/// Errors: not_found (404), illegal_transition, rebuild_running (409).
/// </summary>
public sealed record SteerRebuild(Guid Id, string Projection, ProjectionScope Scope, RebuildRequest Request) : IRequest<Committed>;

internal sealed class SteerRebuildHandler(IRebuilds rebuilds) : IRequestHandler<SteerRebuild, Committed>
{
    public async Task<Committed> Handle(SteerRebuild command, CancellationToken cancellationToken)
    {
        await rebuilds.Ask(command.Request, command.Id, command.Projection, command.Scope, cancellationToken);
        return new(0);
    }
}
