using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>A customer as the business sees them. Errors: not_found (404).</summary>
public sealed record GetCustomerRecord(CustomerId CustomerId) : IRequest<CustomerView>;

internal sealed class GetCustomerRecordHandler(IReadStore reads) : IRequestHandler<GetCustomerRecord, CustomerView>
{
    public async Task<CustomerView> Handle(GetCustomerRecord query, CancellationToken cancellationToken) =>
        await reads.Find<CustomerView>("select * from rm.customers where customer_id = @customer_id", new { query.CustomerId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("customer"));
}
