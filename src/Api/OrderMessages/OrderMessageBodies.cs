using Mainstreet.Api.Customers;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Domain;
using Mainstreet.Domain.OrderMessages;

namespace Mainstreet.Api.OrderMessages;

/// <param name="To">One of the others: customer, business, driver.</param>
/// <param name="Text">1 to 2,000 characters.</param>
internal sealed record SendMessageRequest(MessageSide To, string Text);

/// <param name="UpTo">The last message that was read; left out: all were.</param>
internal sealed record ReadMessagesRequest(Guid? UpTo = null)
{
    public static OrderMessageId? Last(ReadMessagesRequest? request) => request?.UpTo is { } id ? new(id) : null;
}

/// <param name="Text">1 to 2,000 characters, for the business alone. The customer is given it with all that is kept of them, when they ask.</param>
internal sealed record AddOrderNoteRequest(string Text);

internal sealed record SentMessageBody(Guid Id, DateTimeOffset CreatedAt)
{
    public static SentMessageBody Of(MessageReceipt receipt) => new(receipt.MessageId.Value, receipt.SentAt);
}

internal sealed record AddedOrderNoteBody(Guid Id, DateTimeOffset CreatedAt);

/// <param name="ReadAt">By the side to which it was written; left out: not yet.</param>
internal sealed record MessageBody(Guid Id, MessageSide From, MessageSide To, string Text, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt)
{
    public static MessageBody Of(OrderMessage message) => new(message.Id.Value, message.From, message.To, message.Text, message.SentAt, message.ReadAt);
}

/// <summary>A message as the business sees it.</summary>
/// <param name="By">Who wrote it.</param>
/// <param name="DriverId">To or by whom, where it is a driver's message.</param>
/// <param name="ReadAt">By the side to which it was written; left out: not yet.</param>
internal sealed record BusinessMessageBody(
    Guid Id, MessageSide From, MessageSide To, MessageAuthorBody By, Guid? DriverId, string Text, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt)
{
    public static BusinessMessageBody Of(OrderMessage message) =>
        new(message.Id.Value, message.From, message.To, new(message.By.Type, message.By.Id), message.DriverId?.Value, message.Text, message.SentAt, message.ReadAt);
}

/// <param name="Type">user, api_key, driver, customer or guest</param>
internal sealed record MessageAuthorBody(string Type, Guid? Id);

/// <param name="By">Who wrote it.</param>
internal sealed record OrderNoteBody(Guid Id, string Text, NoteAuthorBody By, DateTimeOffset CreatedAt)
{
    public static OrderNoteBody Of(OrderNote note) => new(note.Id, note.Text, new(note.By.Type, note.By.Id), note.At);
}

/// <param name="OrderNumber">As people call the order.</param>
/// <param name="Unread">How many messages to the business it has not read.</param>
internal sealed record ConversationBody(Guid OrderId, string OrderNumber, int Unread, BusinessMessageBody LastMessage)
{
    public static ConversationBody Of(ConversationSummary summary) => new(summary.OrderId.Value, summary.Number, summary.Unread, BusinessMessageBody.Of(summary.LastMessage));
}
