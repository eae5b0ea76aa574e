using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.OrderMessages;

/// <summary>The orders about which something was said, the last said first.</summary>
/// <param name="Unread">Only those with something that the business has not read.</param>
public sealed record ListConversations(bool Unread, PageRequest Page) : IRequest<Page<ConversationSummary>>;

/// <param name="Number">Of the order.</param>
/// <param name="Unread">By the business, of what was written to it.</param>
public sealed record ConversationSummary(Guid ConversationId, OrderId OrderId, string Number, int Unread, OrderMessage LastMessage, DateTimeOffset LastMessageAt);

internal sealed class ListConversationsHandler(IReadStore reads) : IRequestHandler<ListConversations, Page<ConversationSummary>>
{
    public async Task<Page<ConversationSummary>> Handle(ListConversations query, CancellationToken cancellationToken)
    {
        var list = $"conversations {query.Unread}";
        var after = query.Page.After(list);
        var rows = await reads.List<ConversationSummary>(
            $"""
            select c.conversation_id, c.order_id, o.number, c.unread, c.messages->-1 as last_message, c.last_message_at
              from rm.order_conversations c join rm.orders o on o.order_id = c.order_id
             where c.last_message_at is not null
               {(query.Unread ? "and c.unread > 0" : "")}
               {(after is null ? "" : "and (c.last_message_at, c.conversation_id) < (@at, @id)")}
             order by c.last_message_at desc, c.conversation_id desc limit @rows
            """,
            new { query.Page.Rows, At = after?.Time(0), Id = after?.Id(1) }, cancellationToken);
        return query.Page.Cut(rows, list, row => [row.LastMessageAt, row.ConversationId]);
    }
}
