namespace Mainstreet.Domain.Customers;

public static class CustomerErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("customer");

    public static readonly DomainError TooManyAddresses =
        new("too_many_addresses", $"A customer has at most {CustomerAccount.MaxAddresses} addresses: remove one first.", ErrorKind.Conflict);

    public static readonly DomainError LabelInvalid = new("label_invalid", "What an address is called has at most 60 characters.", ErrorKind.Invalid);

    public static readonly DomainError TagsInvalid = new(
        "tags_invalid", $"A customer has at most {CustomerRecord.MaxTags} tags of 1 to {CustomerTag.MaxLength} characters.", ErrorKind.Invalid)
    { Place = "/tags" };

    public static readonly DomainError NoteInvalid = new("note_invalid", "A note has 1 to 2,000 characters.", ErrorKind.Invalid) { Place = "/text" };

    public static readonly DomainError TooManyNotes = new("too_many_notes", $"There are {CustomerRecord.MaxNotes} notes about the customer already.", ErrorKind.Conflict);

    public static readonly DomainError ConsentsInvalid =
        new("consents_invalid", "Each purpose and channel is named once at most.", ErrorKind.Invalid) { Place = "/consents" };

    public static readonly DomainError WordingInvalid =
        new("wording_invalid", $"What a wording is called has 1 to {Consent.MaxWording} characters, or is left out.", ErrorKind.Invalid) { Place = "/consents" };

    public static readonly DomainError ConsentNoteInvalid =
        new("consent_note_invalid", $"Where the customer said so takes 1 to {Consent.MaxNote} characters.", ErrorKind.Invalid) { Place = "/note" };

    public static readonly DomainError NotRegistered =
        new("customer_not_registered", "Only customers with an account agree to be written to; this one has none.", ErrorKind.Conflict);

    public static readonly DomainError OrderOfAnother =
        new("order_of_another_customer", "The order was placed with another e-mail address, or is in another account.", ErrorKind.Conflict);
}
