namespace Mainstreet.Domain.OrderMessages;

public static class OrderMessageErrors
{
    public static readonly DomainError TextInvalid =
        new("message_invalid", $"A message has 1 to {OrderConversation.MaxText} characters.", ErrorKind.Invalid) { Place = "/text" };

    public static readonly DomainError NoteInvalid = new("note_invalid", $"A note has 1 to {OrderConversation.MaxText} characters.", ErrorKind.Invalid) { Place = "/text" };

    public static readonly DomainError ToSelf = new("message_to_self", "A message goes to one of the others: customer, business or driver.", ErrorKind.Invalid) { Place = "/to" };

    public static readonly DomainError NoDriver = new("no_driver", "Nobody is bringing the order now.", ErrorKind.Conflict) { Place = "/to" };

    public static readonly DomainError Closed =
        new("conversation_closed", $"Customers write until {OrderConversation.CustomersWriteFor.Days} days after the order is over.", ErrorKind.Conflict);

    public static readonly DomainError TooManyMessages =
        new("too_many_messages", $"There are {OrderConversation.MaxMessages} messages by this side about the order already.", ErrorKind.Conflict);

    public static readonly DomainError TooManyNotes = new("too_many_notes", $"There are {OrderConversation.MaxNotes} notes about the order already.", ErrorKind.Conflict);

    /// <summary>The token opens an order to whoever has it; what a customer writes in the account is not for them.</summary>
    public static readonly DomainError InAccount =
        new("conversation_in_account", "The customer has gone on with this conversation in the account: it is read and answered there.", ErrorKind.Forbidden);

    public static readonly DomainError NotFound = DomainError.NotFound("message");
}
