using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary>
/// Makes a customer's personal data unreadable for good (SEC-04), that of all who were merged into them too, and closes the account, where there is one; totals stay.
/// Repeated, it changes nothing. Errors: not_found (404), customer_merged (410), legal_hold, customer_has_open_orders and, when the customer buys at this very
/// moment, conflict (409).
/// </summary>
public sealed record EraseSubject(CustomerId CustomerId, ErasureReason Reason) : IRequest<ErasureReceipt>;

/// <summary>The erasure as it was recorded, now or before.</summary>
public sealed record ErasureReceipt(Guid SubjectId, ErasureReason Reason, UserId? By, long Events, DateTimeOffset ErasedAt, int Version) : Committed(Version);

internal sealed class EraseSubjectHandler(ILane lane, IReadStore reads, ISubjectTraces traces, ITenantContext context) : IRequestHandler<EraseSubject, ErasureReceipt>
{
    /// <summary>Something may be told of the customer at this very moment, such as that a mail was sent: then it is counted anew.</summary>
    private const int Attempts = 5;

    public async Task<ErasureReceipt> Handle(EraseSubject command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Erase(command, cancellationToken);
            }
            catch (DomainException e) when (e.Error.Kind is ErrorKind.Busy && attempt < Attempts)
            {
                // once more
            }
        }
    }

    private async Task<ErasureReceipt> Erase(EraseSubject command, CancellationToken cancellationToken)
    {
        var present = await reads.PresentOf(command.CustomerId, cancellationToken);
        Check.That(present == command.CustomerId, CustomerErrors.Merged(present));
        CustomerId[] person = [.. await reads.MembersOf(command.CustomerId, cancellationToken), command.CustomerId];
        var events = new Dictionary<CustomerId, long>();
        foreach (var customer in person)
        {
            events[customer] = await traces.CountEvents(customer.Value, cancellationToken); // counted again in the commit
        }

        var orders = await reads.List<OrderState>(
            $"""
            select o.number, o.status, (select d.status from rm.deliveries d where d.order_id = o.order_id order by d.requested_at desc limit 1) as delivery_status
              from rm.orders o where o.customer_id = {SamePerson.Ids("@customer_id::uuid")} order by o.placed_at
            """,
            new { command.CustomerId }, cancellationToken);
        string[] needed = [.. orders.Where(order => order.NeedsCustomer).Select(order => order.Number)];
        var id = DataSubject.StreamOf(command.CustomerId.Value);
        return await lane.Run(
            streams => streams.OfIdentities(command.CustomerId)
                .Of<DataSubject>(person.Select(customer => DataSubject.StreamOf(customer.Value)))
                .Of<CustomerRecord>(person.Select(CustomerRecord.StreamOf))
                .Of<LegalHold>(LegalHold.StreamOf(command.CustomerId))
                .OfAccounts(command.CustomerId),
            (log, now) =>
            {
                var known = log.All<CustomerIdentity>();
                Check.That(
                    CustomerIdentity.Present(known, command.CustomerId) == command.CustomerId && person.SequenceEqual(Person(known, command.CustomerId)), CustomerErrors.ChangedMeanwhile);
                var accounts = log.All<CustomerAccount>();
                Check.That(orders.Count > 0 || accounts.Count > 0 || log.Find<DataSubject>(id) is not null, PrivacyErrors.UnknownCustomer);
                Check.That(log.Find<LegalHold>(LegalHold.StreamOf(command.CustomerId))?.Stands(now) is not true, PrivacyErrors.OnLegalHold);
                foreach (var account in accounts)
                {
                    log.Append<CustomerAccount, CustomerAccountEvent>(account.Id.Value, account.Close(now));
                }

                foreach (var customer in person)
                {
                    var (record, subject) = (CustomerRecord.StreamOf(customer), DataSubject.StreamOf(customer.Value));
                    log.Append<CustomerRecord, CustomerRecordEvent>(record, log.Find<CustomerRecord>(record)?.Clear(now) ?? []);
                    log.Append<DataSubject, DataSubjectEvent>(subject, DataSubject.Erase(
                        log.Find<DataSubject>(subject), customer.Value, command.Reason, context.Actor.Id is { } by ? new UserId(by) : null, needed, events[customer], now,
                        customer == command.CustomerId ? events.Values.Sum() - events[customer] : 0));
                }

                var last = log.Get<DataSubject>(id).Last;
                return new ErasureReceipt(
                    last.SubjectId, last.Reason, last.By, person.Sum(customer => Together(log.Find<DataSubject>(DataSubject.StreamOf(customer.Value)), last)), last.At, log.Version(id));
            },
            cancellationToken);
    }

    /// <summary>Those who were merged into the customer, in the order of the view, and the customer: whose certificate it is comes last.</summary>
    private static IEnumerable<CustomerId> Person(IReadOnlyList<CustomerIdentity> known, CustomerId customer) =>
        (known.FirstOrDefault(identity => identity.CustomerId == customer)?.Members ?? []).OrderBy(member => member.ToString(), StringComparer.Ordinal).Append(customer);

    /// <summary>What was erased of one by the same erasure.</summary>
    private static long Together(DataSubject? subject, DataSubjectErased last) => subject?.Last.At == last.At ? subject.Last.Events : 0;

    private sealed record OrderState(string Number, OrderStatus Status, DeliveryStatus? DeliveryStatus)
    {
        public bool NeedsCustomer => Order.IsOpenIn(Status) || (DeliveryStatus is { } delivery && Delivery.IsActiveIn(delivery));
    }
}
