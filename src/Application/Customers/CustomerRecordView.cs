using Mainstreet.Domain;
using Mainstreet.Domain.Customers;

namespace Mainstreet.Application.Customers;

/// <summary>What staff keep of a customer.</summary>
/// <param name="RecordId">The stream's.</param>
/// <param name="Notes">The newest first.</param>
public sealed record CustomerRecordView([property: Key] Guid RecordId, int Version, CustomerId CustomerId, CustomerTag[] Tags, CustomerNote[] Notes)
{
    /// <summary>With the notes about those who were merged into the customer; their tags went over. Null: nobody has kept anything.</summary>
    public static async Task<CustomerRecordView?> Of(IReadStore reads, CustomerId customer, CancellationToken cancellationToken)
    {
        var records = await reads.List<CustomerRecordView>(
            $"select * from rm.customer_records where customer_id = {SamePerson.Ids("@customer::uuid")} order by record_id", new { customer }, cancellationToken);
        var own = records.FirstOrDefault(record => record.CustomerId == customer);
        return records.Count == 0 ? null
            : (own ?? new(CustomerRecord.StreamOf(customer), 0, customer, [], [])) with { Notes = [.. records.SelectMany(record => record.Notes).OrderByDescending(note => note.At)] };
    }
}

/// <param name="By">Who wrote it.</param>
public sealed record CustomerNote(Guid Id, string Text, Actor By, DateTimeOffset At);

internal sealed class CustomerRecordsProjection : Projection<CustomerRecordView>
{
    public CustomerRecordsProjection() : base("customer_records", version: 1, inline: true)
    {
        On<CustomerTagged>(e => Empty(e.CustomerId), (record, e, context) => record with { Version = context.Version, Tags = e.Tags });
        On<CustomerNoteAdded>(
            e => Empty(e.CustomerId),
            (record, e, context) => record with { Version = context.Version, Notes = [new(e.NoteId, e.Text, context.Actor, e.At), .. record.Notes] });
        On<CustomerRecordCleared>(e => Empty(e.CustomerId), (record, _, context) => record with { Version = context.Version, Tags = [], Notes = [] });
        Index("customer_id");
    }

    private static CustomerRecordView Empty(CustomerId customer) => new(CustomerRecord.StreamOf(customer), 0, customer, [], []);
}
