using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>What is to happen by itself, the next first.</summary>
/// <param name="Subject">An id that the message names, such as an order's.</param>
public sealed record ListScheduledMessages(PageRequest Page, Guid? Subject, string? Queue, string? Type) : IRequest<Page<ScheduledMessage>>;

internal sealed class ListScheduledMessagesHandler(IScheduledMessages messages) : IRequestHandler<ListScheduledMessages, Page<ScheduledMessage>>
{
    public async Task<Page<ScheduledMessage>> Handle(ListScheduledMessages query, CancellationToken cancellationToken)
    {
        var list = $"scheduled messages {query.Subject} {query.Queue} {query.Type}";
        var after = query.Page.After(list);
        var rows = await messages.List(query, after is null ? null : (after.Time(0), after.Id(1)), cancellationToken);
        return query.Page.Cut(rows, list, message => [message.DueAt, message.Id]);
    }
}
