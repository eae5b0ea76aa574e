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

    public static readonly DomainError MergedWithItself =
        new("merged_with_itself", "A customer is merged with another one.") { Place = "/customer_id" };

    public static readonly DomainError TooManyMerged =
        new("too_many_merged", $"A customer has at most {CustomerIdentity.MaxMembers} others merged into it.", ErrorKind.Conflict);

    public static readonly DomainError MergedHasAccount =
        new("merged_customer_has_account", "Who has an account goes on: merge the other way round.", ErrorKind.Conflict);

    public static readonly DomainError BothRegistered =
        new("customers_both_registered", "Both have an account of their own whose address was verified: neither is closed by anybody but its customer.", ErrorKind.Conflict);

    public static readonly DomainError SurvivorNotVerified =
        new("survivor_not_verified", "The account that goes on has not proved its address: it is given nobody else's.", ErrorKind.Conflict);

    public static readonly DomainError ChangedMeanwhile =
        new("conflict", "Somebody else is changing the customer at this very moment.", ErrorKind.Busy);

    public static readonly DomainError OrderOfAnother =
        new("order_of_another_customer", "The order was placed with another e-mail address, or is in another account.", ErrorKind.Conflict);

    /// <summary>Of the entry that was merged into another one.</summary>
    public static DomainError Merged(CustomerId survivor) => new(
        "customer_merged", "The customer was merged with another one, which has all of it now.", ErrorKind.Gone, DomainError.DetailsOf(("customer_id", survivor.Value)));
}
