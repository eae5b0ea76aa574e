using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Calls a message off before it runs. Errors: not_found (404), message_running, illegal_transition (409).</summary>
public sealed record CancelScheduledMessage(Guid Id) : IRequest<Committed>;

internal sealed class CancelScheduledMessageHandler(IScheduledMessages messages) : IRequestHandler<CancelScheduledMessage, Committed>
{
    public async Task<Committed> Handle(CancelScheduledMessage command, CancellationToken cancellationToken)
    {
        await messages.Cancel(command.Id);
        return new(0);
    }
}
