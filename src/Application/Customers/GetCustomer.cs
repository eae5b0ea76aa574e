using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>An account as its customer sees it. Errors: not_found (404), also for one that is closed.</summary>
public sealed record GetCustomer(AccountId AccountId) : IRequest<Loaded<CustomerAccount>>;

internal sealed class GetCustomerHandler(IAggregates aggregates) : IRequestHandler<GetCustomer, Loaded<CustomerAccount>>
{
    public async Task<Loaded<CustomerAccount>> Handle(GetCustomer query, CancellationToken cancellationToken)
    {
        var found = await aggregates.Find<CustomerAccount, CustomerAccountEvent>(query.AccountId.Value, cancellationToken);
        return found is { State.Closed: false } ? found : throw new DomainException(CustomerErrors.NotFound);
    }
}
