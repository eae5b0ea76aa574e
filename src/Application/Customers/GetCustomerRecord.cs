using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>A customer as the business sees them. Errors: not_found (404).</summary>
public sealed record GetCustomerRecord(CustomerId CustomerId) : IRequest<KnownCustomer>;

/// <param name="Record">Null: nobody has kept anything.</param>
/// <param name="Consents">Null: the customer has said nothing of it.</param>
public sealed record KnownCustomer(CustomerView Customer, CustomerRecordView? Record, CustomerConsentsView? Consents);

internal sealed class GetCustomerRecordHandler(IReadStore reads) : IRequestHandler<GetCustomerRecord, KnownCustomer>
{
    public async Task<KnownCustomer> Handle(GetCustomerRecord query, CancellationToken cancellationToken)
    {
        var customer = await reads.Find<CustomerView>("select * from rm.customers where customer_id = @customer_id", new { query.CustomerId }, cancellationToken)
            ?? throw new DomainException(CustomerErrors.NotFound);
        return new(
            customer,
            await reads.Find<CustomerRecordView>("select * from rm.customer_records where customer_id = @customer_id", new { query.CustomerId }, cancellationToken),
            await reads.ConsentsOf(query.CustomerId, cancellationToken));
    }
}
