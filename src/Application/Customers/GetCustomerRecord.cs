using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>A customer as the business sees them. Errors: not_found (404); customer_merged (410).</summary>
public sealed record GetCustomerRecord(CustomerId CustomerId) : IRequest<KnownCustomer>;

/// <param name="Record">Null: nobody has kept anything.</param>
/// <param name="Consents">Null: the customer has said nothing of it.</param>
public sealed record KnownCustomer(CustomerView Customer, CustomerRecordView? Record, CustomerConsentsView? Consents);

internal sealed class GetCustomerRecordHandler(IReadStore reads) : IRequestHandler<GetCustomerRecord, KnownCustomer>
{
    public async Task<KnownCustomer> Handle(GetCustomerRecord query, CancellationToken cancellationToken)
    {
        var rows = await reads.List<CustomerView>(
            $"select * from rm.customers where customer_id = {SamePerson.Ids("@customer_id::uuid")}", new { query.CustomerId }, cancellationToken);
        Check.That(rows is not [], CustomerErrors.NotFound);
        var present = await reads.PresentOf(query.CustomerId, cancellationToken);
        Check.That(present == query.CustomerId, CustomerErrors.Merged(present));
        return new(
            CustomerView.OfPerson(query.CustomerId, rows),
            await CustomerRecordView.Of(reads, query.CustomerId, cancellationToken),
            await reads.ConsentsOf(query.CustomerId, cancellationToken));
    }
}
