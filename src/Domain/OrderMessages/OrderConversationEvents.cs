using System.Text.Json.Serialization;

namespace Mainstreet.Domain.OrderMessages;

public abstract record OrderConversationEvent : IEvent;

/// <summary>Whatever is said about an order may name its customer, so it goes with them, whoever said it.</summary>
/// <param name="AccountId">In which it was written; null: not by a customer, or with the order's token.</param>
/// <param name="DriverId">To or by whom, where it is a driver's message.</param>
/// <param name="Announced">The customer is told that there is something to read.</param>
[EventType("order.message_sent.v1", Description = "Customer, business or driver wrote to another one of them about an order. The subject is the order's conversation; order_id names the order.")]
public sealed record OrderMessageSent(
    OrderId OrderId,
    OrderMessageId MessageId,
    [property: DataSubject] CustomerId CustomerId,
    MessageSide From,
    MessageSide To,
    AccountId? AccountId,
    DriverId? DriverId,
    [property: PersonalData] string Text,
    bool Announced,
    DateTimeOffset At) : OrderConversationEvent;

/// <param name="By">To whom they were written.</param>
/// <param name="MessageIds">Those that were not read before.</param>
[EventType("order.messages_read.v1", Internal = true)]
public sealed record OrderMessagesRead(OrderId OrderId, MessageSide By, OrderMessageId[] MessageIds, DateTimeOffset At) : OrderConversationEvent;

/// <summary>For the business alone, so for no integration either.</summary>
[EventType("order.note_added.v1", Internal = true)]
public sealed record OrderNoteAdded(
    OrderId OrderId, Guid NoteId, [property: DataSubject] CustomerId CustomerId, [property: PersonalData] string Text, DateTimeOffset At) : OrderConversationEvent;

[JsonSerializable(typeof(OrderMessageSent))]
[JsonSerializable(typeof(OrderMessagesRead))]
[JsonSerializable(typeof(OrderNoteAdded))]
internal sealed partial class OrderConversationJson : JsonSerializerContext;
