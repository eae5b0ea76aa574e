using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Has a message run now, and not only at its time. Errors: not_found (404), illegal_transition (409).</summary>
public sealed record RunScheduledMessage(Guid Id) : IRequest<Committed>;

internal sealed class RunScheduledMessageHandler(IScheduledMessages messages) : IRequestHandler<RunScheduledMessage, Committed>
{
    public async Task<Committed> Handle(RunScheduledMessage command, CancellationToken cancellationToken)
    {
        await messages.RunNow(command.Id);
        return new(0);
    }
}
