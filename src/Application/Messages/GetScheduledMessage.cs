using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Errors: not_found (404), also for one that has run.</summary>
public sealed record GetScheduledMessage(Guid Id) : IRequest<ScheduledMessage>;

internal sealed class GetScheduledMessageHandler(IScheduledMessages messages) : IRequestHandler<GetScheduledMessage, ScheduledMessage>
{
    public Task<ScheduledMessage> Handle(GetScheduledMessage query, CancellationToken cancellationToken) => messages.Get(query.Id, cancellationToken);
}
