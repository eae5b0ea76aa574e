using Mainstreet.Domain.Deliveries;

namespace Mainstreet.Domain.OrderMessages;

/// <summary>
/// What customer, business and driver say to each other about one order, and what the business notes for itself (ORD-13). A stream of its own beside the order's, so that
/// a chat neither moves the order's version under who is about to take its next step, nor is loaded with every step. It begins with its first message or note.
/// </summary>
/// <param name="InAccount">The customer has written in the account: the order's token opens the conversation no more.</param>
/// <param name="AnnouncedAt">When the customer was told last that there is something to read.</param>
public sealed record OrderConversation(OrderId OrderId, SentMessage[] Messages, int Notes = 0, bool InAccount = false, DateTimeOffset? AnnouncedAt = null)
    : IAggregate<OrderConversation, OrderConversationEvent>
{
    public const int MaxText = 2_000;

    /// <summary>By the business, by each driver, in the account and with the token: nobody uses up what another one may say.</summary>
    public const int MaxMessages = 100;
    public const int MaxNotes = 100;

    /// <summary>After the order is over; the business may write at any time.</summary>
    public static readonly TimeSpan CustomersWriteFor = TimeSpan.FromDays(7);

    /// <summary>Somebody who writes line by line does not have the customer told of each, who has not come to read the first.</summary>
    private static readonly TimeSpan quiet = TimeSpan.FromMinutes(15);

    public static Guid StreamOf(OrderId order) => Uuid.Named("order_conversation", order.ToString());

    /// <summary>
    /// Errors: message_invalid, message_to_self (400); conversation_in_account (403); not_found (404) for a driver who does not bring the order now; no_driver,
    /// conversation_closed, too_many_messages (409).
    /// </summary>
    /// <param name="present">Null: nothing has been said or noted yet.</param>
    public static OrderConversationEvent[] Send(
        OrderConversation? present, OrderTalkedOf order, OrderMessageId id, MessageParty from, MessageSide to, string text, DateTimeOffset now)
    {
        Check.That(Check.IsText(text, MaxText), OrderMessageErrors.TextInvalid);
        Check.That(from.Side != to, OrderMessageErrors.ToSelf);
        Check.That(from.Side is not MessageSide.Driver || (order.DriverId is { } driver && driver == from.DriverId), DeliveryErrors.NotFound);
        Check.That(to is not MessageSide.Driver || order.DriverId is not null, OrderMessageErrors.NoDriver);
        Check.That(from.Side is not MessageSide.Customer || order.ClosedAt is not { } closed || now <= closed + CustomersWriteFor, OrderMessageErrors.Closed);
        present?.RequireOpen(from);
        Check.That((present?.Messages.Count(message => message.By == from) ?? 0) < MaxMessages, OrderMessageErrors.TooManyMessages);
        return
        [
            new OrderMessageSent(
                order.OrderId, id, order.CustomerId, from.Side, to, from.AccountId, from.Side is MessageSide.Driver || to is MessageSide.Driver ? order.DriverId : null, text,
                Announced: to is MessageSide.Customer && present?.IsQuiet(now) is not true, now),
        ];
    }

    /// <summary>For the business alone. Errors: note_invalid (400), too_many_notes (409).</summary>
    /// <param name="present">Null: nothing has been said or noted yet.</param>
    public static OrderConversationEvent[] AddNote(OrderConversation? present, OrderTalkedOf order, Guid noteId, string text, DateTimeOffset now)
    {
        Check.That(Check.IsText(text, MaxText), OrderMessageErrors.NoteInvalid);
        Check.That((present?.Notes ?? 0) < MaxNotes, OrderMessageErrors.TooManyNotes);
        return [new OrderNoteAdded(order.OrderId, noteId, order.CustomerId, text, now)];
    }

    /// <summary>Somebody has read what was written to them. Errors: conversation_in_account (403); not_found (404) for a message that they do not see.</summary>
    /// <param name="upTo">The last one that was read; null: all.</param>
    public OrderConversationEvent[] Read(MessageParty by, OrderMessageId? upTo, DateTimeOffset now)
    {
        RequireOpen(by);
        var last = upTo is { } id ? Array.FindIndex(Messages, message => message.Id == id && by.Sees(message.By.Side, message.To, message.DriverId)) : Messages.Length - 1;
        Check.That(upTo is null || last >= 0, OrderMessageErrors.NotFound);
        OrderMessageId[] read =
            [.. Messages.Take(last + 1).Where(message => !message.IsRead && by.IsAddressed(message.To, message.DriverId)).Select(message => message.Id)];
        return read is [] ? [] : [new OrderMessagesRead(OrderId, by.Side, read, now)];
    }

    public static OrderConversation Evolve(OrderConversation? state, OrderConversationEvent e) => (state, e) switch
    {
        (_, OrderMessageSent sent) => (state ?? new(sent.OrderId, [])) with
        {
            Messages = [.. state?.Messages ?? [], new(sent.MessageId, new(sent.From, sent.AccountId, sent.From is MessageSide.Driver ? sent.DriverId : null), sent.To, sent.DriverId)],
            InAccount = state is { InAccount: true } || sent.AccountId is not null,
            AnnouncedAt = sent.Announced ? sent.At : state?.AnnouncedAt,
        },
        (_, OrderNoteAdded added) => (state ?? new(added.OrderId, [])) with { Notes = (state?.Notes ?? 0) + 1 },
        ({ }, OrderMessagesRead read) => state with
        {
            Messages = [.. state.Messages.Select(message => read.MessageIds.Contains(message.Id) ? message with { IsRead = true } : message)],
        },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a conversation."),
    };

    private bool IsQuiet(DateTimeOffset now) =>
        now - AnnouncedAt < quiet && Array.Exists(Messages, message => message is { To: MessageSide.Customer, IsRead: false });

    private void RequireOpen(MessageParty party) => Check.That(!(InAccount && party.IsLink), OrderMessageErrors.InAccount);
}

/// <summary>What the rules need to know of a message; its words they do not.</summary>
public sealed record SentMessage(OrderMessageId Id, MessageParty By, MessageSide To, DriverId? DriverId, bool IsRead = false);

/// <summary>What is known of the order.</summary>
/// <param name="ClosedAt">When nothing could follow any more; null: something can.</param>
/// <param name="DriverId">Who brings it now; null: nobody.</param>
public sealed record OrderTalkedOf(OrderId OrderId, CustomerId CustomerId, DateTimeOffset? ClosedAt, DriverId? DriverId);
