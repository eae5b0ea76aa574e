using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Has a dead letter tried again. Errors: not_found (404), illegal_transition (409).</summary>
public sealed record RedriveDeadLetter(Guid Id, MessageScope Scope) : IRequest<Committed>;

internal sealed class RedriveDeadLetterHandler(IDeadLetters letters) : IRequestHandler<RedriveDeadLetter, Committed>
{
    public async Task<Committed> Handle(RedriveDeadLetter command, CancellationToken cancellationToken)
    {
        await letters.Redrive(command.Id, command.Scope, cancellationToken);
        return new(0);
    }
}
