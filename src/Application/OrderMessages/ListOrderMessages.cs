using Mainstreet.Domain;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Application.OrderMessages;

/// <summary>What <paramref name="Reader"/> sees of what is said about an order, the newest first; that it is theirs to see is found out before. Errors: conversation_in_account (403).</summary>
public sealed record ListOrderMessages(OrderId OrderId, MessageParty Reader, PageRequest Page) : IRequest<Page<OrderMessage>>;

/// <summary>What the business noted about an order, the newest first.</summary>
public sealed record ListOrderNotes(OrderId OrderId, PageRequest Page) : IRequest<Page<OrderNote>>;

internal sealed class ListOrderMessagesHandler(IReadStore reads) : IRequestHandler<ListOrderMessages, Page<OrderMessage>>, IRequestHandler<ListOrderNotes, Page<OrderNote>>
{
    public async Task<Page<OrderMessage>> Handle(ListOrderMessages query, CancellationToken cancellationToken)
    {
        var talk = await OrderConversationView.Of(reads, query.OrderId, cancellationToken);
        Check.That(!(talk.InAccount && query.Reader.IsLink), OrderMessageErrors.InAccount);
        return Cut(query.Page, $"messages {query.OrderId} {query.Reader}", talk.Messages.Where(message => message.IsSeenBy(query.Reader)), message => message.Id.Value);
    }

    public async Task<Page<OrderNote>> Handle(ListOrderNotes query, CancellationToken cancellationToken) =>
        Cut(query.Page, $"notes {query.OrderId}", (await OrderConversationView.Of(reads, query.OrderId, cancellationToken)).Notes, note => note.Id);

    /// <summary>Of a row that is read as a whole, the newest first. A cursor names the last one of the page before, so what comes in between moves nothing.</summary>
    private static Page<T> Cut<T>(PageRequest page, string list, IEnumerable<T> all, Func<T, Guid> id)
    {
        var newest = all.Reverse();
        if (page.After(list)?.Id(0) is { } after)
        {
            newest = newest.SkipWhile(one => id(one) != after).Skip(1);
        }

        return page.Cut([.. newest.Take(page.Rows)], list, row => [id(row)]);
    }
}
