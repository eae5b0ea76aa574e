using Mainstreet.Domain;
using Mainstreet.Domain.OrderMessages;

namespace Mainstreet.Application.OrderMessages;

/// <summary>
/// What is said about an order, as one row that is never behind: it is short (<see cref="OrderConversation.MaxMessages"/>), and who has just written wants to see it, in
/// the driver's app as well, which knows no positions of the business.
/// </summary>
/// <param name="Messages">The oldest first.</param>
/// <param name="Notes">The oldest first.</param>
/// <param name="Unread">By the business, of what was written to it.</param>
/// <param name="LastMessageAt">Null: there are only notes.</param>
public sealed record OrderConversationView(
    [property: Key] Guid ConversationId, int Version, OrderId OrderId, bool InAccount, OrderMessage[] Messages, OrderNote[] Notes, int Unread, DateTimeOffset? LastMessageAt)
{
    /// <summary>An empty one where nothing has been said or noted.</summary>
    internal static async Task<OrderConversationView> Of(IReadStore reads, OrderId order, CancellationToken cancellationToken) =>
        await reads.Find<OrderConversationView>("select * from rm.order_conversations where conversation_id = @id", new { Id = OrderConversation.StreamOf(order) }, cancellationToken)
        ?? None(order);

    internal static OrderConversationView None(OrderId order) => new(OrderConversation.StreamOf(order), 0, order, InAccount: false, [], [], 0, null);
}

/// <param name="DriverId">To or by whom, where it is a driver's message.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="ReadAt">By the side to which it was written.</param>
public sealed record OrderMessage(
    OrderMessageId Id, MessageSide From, MessageSide To, DriverId? DriverId, Actor By, string Text, DateTimeOffset SentAt, DateTimeOffset? ReadAt = null)
{
    public bool IsSeenBy(MessageParty party) => party.Sees(From, To, DriverId);

    public bool IsUnreadBy(MessageParty party) => ReadAt is null && party.IsAddressed(To, DriverId);
}

/// <param name="By">Who wrote it.</param>
public sealed record OrderNote(Guid Id, string Text, Actor By, DateTimeOffset At);

internal sealed class OrderConversationsProjection : Projection<OrderConversationView>
{
    public OrderConversationsProjection() : base("order_conversations", version: 1, inline: true)
    {
        On<OrderMessageSent>(e => OrderConversationView.None(e.OrderId), (talk, e, context) => Counted(talk with
        {
            Version = context.Version,
            InAccount = talk.InAccount || e.AccountId is not null,
            Messages = [.. talk.Messages, new(e.MessageId, e.From, e.To, e.DriverId, context.Actor, e.Text, e.At)],
            LastMessageAt = e.At,
        }));
        On<OrderMessagesRead>(e => OrderConversationView.None(e.OrderId), (talk, e, context) => Counted(talk with
        {
            Version = context.Version,
            Messages = [.. talk.Messages.Select(message => e.MessageIds.Contains(message.Id) ? message with { ReadAt = e.At } : message)],
        }));
        On<OrderNoteAdded>(e => OrderConversationView.None(e.OrderId), (talk, e, context) => talk with
        {
            Version = context.Version,
            Notes = [.. talk.Notes, new(e.NoteId, e.Text, context.Actor, e.At)],
        });
        IndexWhere("last_message_at is not null", "last_message_at desc", "conversation_id desc");
        IndexWhere("unread > 0", "last_message_at desc", "conversation_id desc");
    }

    private static OrderConversationView Counted(OrderConversationView talk) => talk with { Unread = talk.Messages.Count(message => message.IsUnreadBy(MessageParty.Business)) };
}
