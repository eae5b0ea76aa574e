namespace Mainstreet.Domain.Customers;

/// <summary>What a business's staff keep of a customer (CUS-07), guest or not. The customer's erasure empties it.</summary>
/// <param name="Notes">How many there are.</param>
public sealed record CustomerRecord(CustomerId CustomerId, CustomerTag[] Tags, int Notes) : IAggregate<CustomerRecord, CustomerRecordEvent>
{
    public const int MaxTags = 20;
    public const int MaxNotes = 200;

    public static Guid StreamOf(CustomerId customer) => Uuid.Named("customer_record", customer.ToString());

    /// <summary>These are all tags of the customer from now on.</summary>
    /// <param name="record">Null: there has never been any.</param>
    public static CustomerRecordEvent[] SetTags(CustomerRecord? record, CustomerId customer, IReadOnlyList<string> tags, DateTimeOffset now)
    {
        Check.That(tags.Count <= MaxTags && tags.All(tag => Check.IsText(tag, CustomerTag.MaxLength)), CustomerErrors.TagsInvalid);
        CustomerTag[] wanted = [.. tags.Select(tag => new CustomerTag(tag.Trim())).Distinct()];
        return wanted.SequenceEqual(record?.Tags ?? []) ? [] : [new CustomerTagged(customer, wanted, now)];
    }

    /// <summary>Also those of the same person's other record, beyond <see cref="MaxTags"/> if need be.</summary>
    /// <param name="record">Null: there has never been any.</param>
    public static CustomerRecordEvent[] TakeOver(CustomerRecord? record, CustomerId customer, CustomerRecord? other, DateTimeOffset now)
    {
        CustomerTag[] all = [.. (record?.Tags ?? []).Union(other?.Tags ?? [])];
        return all.Length == (record?.Tags.Length ?? 0) ? [] : [new CustomerTagged(customer, all, now)];
    }

    /// <param name="record">Null: there has never been any.</param>
    public static CustomerRecordEvent[] AddNote(CustomerRecord? record, CustomerId customer, Guid noteId, string text, DateTimeOffset now)
    {
        Check.That(Check.IsText(text, 2000), CustomerErrors.NoteInvalid);
        Check.That((record?.Notes ?? 0) < MaxNotes, CustomerErrors.TooManyNotes);
        return [new CustomerNoteAdded(customer, noteId, text, now)];
    }

    public CustomerRecordEvent[] Clear(DateTimeOffset now) => Tags.Length == 0 && Notes == 0 ? [] : [new CustomerRecordCleared(CustomerId, now)];

    public static CustomerRecord Evolve(CustomerRecord? record, CustomerRecordEvent e) => (record, e) switch
    {
        (_, CustomerTagged tagged) => new(tagged.CustomerId, tagged.Tags, record?.Notes ?? 0),
        (_, CustomerNoteAdded added) => new(added.CustomerId, record?.Tags ?? [], (record?.Notes ?? 0) + 1),
        ({ }, CustomerRecordCleared) => record with { Tags = [], Notes = 0 },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a customer's record."),
    };

    /// <summary>Names no person, because states end up in logs.</summary>
    public override string ToString() => $"Record of customer {CustomerId}";
}

public sealed record CustomerTag([property: PersonalData] string Text)
{
    public const int MaxLength = 40;
}
