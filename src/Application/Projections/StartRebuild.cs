using FluentValidation;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>
/// Folds a projection anew, beside what readers see (INT-10). In all tenants it begins in those that do not rebuild it already.
/// Errors: not_found (404), rebuild_running (409).
/// </summary>
public sealed record StartRebuild(Guid Id, string Projection, ProjectionScope Scope, RebuildSwitch Switch) : IRequest<RebuildStarted>;

public sealed record RebuildStarted(Guid Id) : Committed(0);

internal sealed class StartRebuildValidator : AbstractValidator<StartRebuild>
{
    public StartRebuildValidator() => RuleFor(c => c.Id).NotEmpty();
}

internal sealed class StartRebuildHandler(IRebuilds rebuilds) : IRequestHandler<StartRebuild, RebuildStarted>
{
    public async Task<RebuildStarted> Handle(StartRebuild command, CancellationToken cancellationToken)
    {
        await rebuilds.Start(command.Id, command.Projection, command.Scope, command.Switch, cancellationToken);
        return new(command.Id);
    }
}
