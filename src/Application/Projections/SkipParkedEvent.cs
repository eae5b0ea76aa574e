using FluentValidation;
using MediatR;

namespace Mainstreet.Application.Projections;

/// <summary>
/// Has a subscription go on behind the event before which it stands. A view is without it until it is rebuilt; a policy or the
/// webhook outlet has missed it. Errors: not_found (404), event_not_parked (409).
/// </summary>
public sealed record SkipParkedEvent(string Name, Guid EventId, ProjectionScope Scope, string Reason) : IRequest<Committed>;

internal sealed class SkipParkedEventValidator : AbstractValidator<SkipParkedEvent>
{
    public SkipParkedEventValidator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
}

internal sealed class SkipParkedEventHandler(IParkedEvents parked) : IRequestHandler<SkipParkedEvent, Committed>
{
    public async Task<Committed> Handle(SkipParkedEvent command, CancellationToken cancellationToken)
    {
        await parked.Decide(command.Name, command.EventId, command.Scope, ParkedState.Skipped, command.Reason.Trim(), cancellationToken);
        return new(0);
    }
}
