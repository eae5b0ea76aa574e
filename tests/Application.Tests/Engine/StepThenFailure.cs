using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>A message that takes a step of its own, and is then refused, once.</summary>
[Message("test.step_then_failure")]
public sealed record StepThenFailure(Guid Variant) : IRequest<Committed>;

internal sealed class StepThenFailureHandler(ITenantScopes scopes, ITenantContext tenant, Failures failures) : IRequestHandler<StepThenFailure, Committed>
{
    public async Task<Committed> Handle(StepThenFailure command, CancellationToken cancellationToken)
    {
        await scopes.Send(tenant.Tenant, new Receive(command.Variant, 1), cancellationToken);
        return failures.IsFirst(command.Variant) ? throw new DomainException(new DomainError("told_to_fail", "Told to fail.")) : new Committed(0);
    }
}

public sealed record ScheduleStepThenFailure(Guid Variant) : IRequest<Committed>;

internal sealed class ScheduleStepThenFailureHandler(ILane lane) : IRequestHandler<ScheduleStepThenFailure, Committed>
{
    public Task<Committed> Handle(ScheduleStepThenFailure command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, now) =>
        {
            log.Schedule(new StepThenFailure(command.Variant), now);
            return new Committed(0);
        },
        cancellationToken);
}
