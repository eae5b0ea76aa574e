using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Gives a dead letter up for good. Errors: not_found (404), illegal_transition (409).</summary>
public sealed record DiscardDeadLetter(Guid Id, MessageScope Scope) : IRequest<Committed>;

internal sealed class DiscardDeadLetterHandler(IDeadLetters letters) : IRequestHandler<DiscardDeadLetter, Committed>
{
    public async Task<Committed> Handle(DiscardDeadLetter command, CancellationToken cancellationToken)
    {
        await letters.Discard(command.Id, command.Scope, cancellationToken);
        return new(0);
    }
}
