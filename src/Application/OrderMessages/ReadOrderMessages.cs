using Mainstreet.Domain;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Application.OrderMessages;

/// <summary>
/// Somebody has read what was written to them about an order; that they may is found out before. Repeated, it changes nothing. Errors: conversation_in_account (403); not_found
/// (404) for a message that they do not see.
/// </summary>
/// <param name="UpTo">The last one that was read; null: all.</param>
public sealed record ReadOrderMessages(OrderId OrderId, MessageParty By, OrderMessageId? UpTo) : IRequest<Committed>;

internal sealed class ReadOrderMessagesHandler(ILane lane) : IRequestHandler<ReadOrderMessages, Committed>
{
    public Task<Committed> Handle(ReadOrderMessages command, CancellationToken cancellationToken) => lane.Change<OrderConversation, OrderConversationEvent>(
        OrderConversation.StreamOf(command.OrderId), expectedVersion: null,
        (talk, now) => talk is not null ? talk.Read(command.By, command.UpTo, now)
            : command.UpTo is null ? []
            : throw new DomainException(OrderMessageErrors.NotFound),
        cancellationToken);
}
