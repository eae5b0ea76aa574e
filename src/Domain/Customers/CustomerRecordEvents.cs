using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Customers;

public abstract record CustomerRecordEvent : IEvent;

/// <param name="Tags">All that there are from now on.</param>
[EventType("customer.tagged.v1", Description = "The business tagged a customer; the tags are all that there are.")]
public sealed record CustomerTagged([property: DataSubject] CustomerId CustomerId, CustomerTag[] Tags, DateTimeOffset At) : CustomerRecordEvent;

[EventType("customer.note_added.v1", Description = "Somebody of the business wrote down something about a customer.")]
public sealed record CustomerNoteAdded(
    [property: DataSubject] CustomerId CustomerId, Guid NoteId, [property: PersonalData] string Text, DateTimeOffset At) : CustomerRecordEvent;

[EventType("customer.record_cleared.v1", Description = "A customer was erased; tags and notes are gone.")]
public sealed record CustomerRecordCleared(CustomerId CustomerId, DateTimeOffset At) : CustomerRecordEvent;

[JsonSerializable(typeof(CustomerTagged))]
[JsonSerializable(typeof(CustomerNoteAdded))]
[JsonSerializable(typeof(CustomerRecordCleared))]
internal sealed partial class CustomerRecordJson : JsonSerializerContext;
