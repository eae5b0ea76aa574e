using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>These are all tags of a customer from now on. Errors: tags_invalid (400); not_found (404); customer_erased (409); stale_version (412).</summary>
public sealed record SetCustomerTags(CustomerId CustomerId, string[] Tags, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the tags, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(SetCustomerTags)} {CustomerId}";
}

/// <summary>Writes down something about a customer. Errors: note_invalid (400); not_found (404); too_many_notes, customer_erased (409).</summary>
public sealed record AddCustomerNote(CustomerId CustomerId, string Text) : IRequest<NoteReceipt>
{
    /// <inheritdoc cref="SetCustomerTags.ToString" />
    public override string ToString() => $"{nameof(AddCustomerNote)} {CustomerId}";
}

public sealed record NoteReceipt(Guid NoteId, int Version) : Committed(Version);

internal sealed class SetCustomerTagsHandler(ILane lane, IReadStore reads) : IRequestHandler<SetCustomerTags, Committed>
{
    public async Task<Committed> Handle(SetCustomerTags command, CancellationToken cancellationToken)
    {
        var lastBought = await reads.RequireCustomer(command.CustomerId, cancellationToken);
        var id = CustomerRecord.StreamOf(command.CustomerId);
        return await lane.Run(
            streams => streams.OfRecord(command.CustomerId),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                log.AppendRecord(command.CustomerId, lastBought, CustomerRecord.SetTags(log.Find<CustomerRecord>(id), command.CustomerId, command.Tags, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}

internal sealed class AddCustomerNoteHandler(ILane lane, IReadStore reads, ITenantContext context) : IRequestHandler<AddCustomerNote, NoteReceipt>
{
    public async Task<NoteReceipt> Handle(AddCustomerNote command, CancellationToken cancellationToken)
    {
        var lastBought = await reads.RequireCustomer(command.CustomerId, cancellationToken);
        var id = CustomerRecord.StreamOf(command.CustomerId);
        var note = Uuid.Named("customer_note", context.CommandId.ToString());
        return await lane.Run(
            streams => streams.OfRecord(command.CustomerId),
            (log, now) =>
            {
                log.AppendRecord(command.CustomerId, lastBought, CustomerRecord.AddNote(log.Find<CustomerRecord>(id), command.CustomerId, note, command.Text, now));
                return new NoteReceipt(note, log.Version(id));
            },
            cancellationToken);
    }
}

internal static class KnownCustomers
{
    /// <summary>Whether somebody, c.id, bought or has an account, or is who somebody else goes on as; by what is never behind.</summary>
    public const string Exists =
        "(exists (select from rm.orders o where o.customer_id = c.id) or exists (select from rm.customer_accounts a where a.customer_id = c.id) or exists (select from rm.merged_customers m where m.survivor_id = c.id))";

    /// <summary>
    /// When a customer last bought; null: never. Errors: not_found (404) for somebody who neither bought nor has an account; customer_merged (410) for who goes on as another.
    /// </summary>
    public static async Task<DateTimeOffset?> RequireCustomer(this IReadStore reads, CustomerId customer, CancellationToken cancellationToken)
    {
        var known = await reads.FindCustomer(customer, cancellationToken);
        return known.MergedInto is { } survivor ? throw new DomainException(CustomerErrors.Merged(survivor)) : known.LastBought;
    }

    /// <summary>A customer, merged or not. Errors: not_found (404) for somebody who neither bought nor has an account.</summary>
    public static async Task<KnownPerson> FindCustomer(this IReadStore reads, CustomerId customer, CancellationToken cancellationToken) => await reads.Find<KnownPerson>(
        $"""
        select greatest(
                 (select max(o.placed_at) from rm.orders o where o.customer_id = {SamePerson.Ids("c.id")}),
                 (select max(s.sold_at) from rm.sales s where s.customer_id = {SamePerson.Ids("c.id")})) as last_bought,
               (select m.survivor_id from rm.merged_customers m where m.customer_id = c.id) as merged_into
          from (values (@customer::uuid)) as c (id) where {Exists} or exists (select from rm.sales s where s.customer_id = c.id)
        """,
        new { customer }, cancellationToken) ?? throw new DomainException(CustomerErrors.NotFound);

    public static LaneStreams OfRecord(this LaneStreams streams, CustomerId customer) => streams
        .Of<CustomerRecord>(CustomerRecord.StreamOf(customer))
        .Of<CustomerIdentity>(CustomerIdentity.StreamOf(customer))
        .OfErasures(customer)
        .OfAccounts(customer);

    /// <summary>The account that the customer has, if any, as it is in the lane.</summary>
    public static LaneStreams OfAccounts(this LaneStreams streams, CustomerId customer) =>
        streams.In<CustomerAccount>("select account_id from rm.customer_accounts where customer_id = @customer", new { customer });

    /// <summary>
    /// Errors: customer_erased (409) where something is to be written down about who was erased and has neither bought since nor got another account; conflict (409) where
    /// the customer was merged with another one meanwhile.
    /// </summary>
    /// <param name="log">Has the streams of <see cref="OfRecord"/>.</param>
    /// <param name="lastBought">As <see cref="RequireCustomer"/> knows it.</param>
    public static void AppendRecord(this ILaneLog log, CustomerId customer, DateTimeOffset? lastBought, params CustomerRecordEvent[] events)
    {
        log.RefuseUnwritable(customer, lastBought, events);
        log.Append<CustomerRecord, CustomerRecordEvent>(CustomerRecord.StreamOf(customer), events);
    }

    /// <inheritdoc cref="AppendRecord" />
    public static void RefuseUnwritable(this ILaneLog log, CustomerId customer, DateTimeOffset? lastBought, IReadOnlyCollection<IEvent> events)
    {
        Check.That(log.Find<CustomerIdentity>(CustomerIdentity.StreamOf(customer))?.MergedInto is null, CustomerErrors.ChangedMeanwhile);
        if (events.Count > 0 && log.All<CustomerAccount>() is [])
        {
            log.RefuseErased(customer, lastBought ?? DateTimeOffset.MinValue);
        }
    }

}

/// <param name="LastBought">Null: never.</param>
/// <param name="MergedInto">As who the customer goes on; null: as this one.</param>
internal sealed record KnownPerson(DateTimeOffset? LastBought, CustomerId? MergedInto);
