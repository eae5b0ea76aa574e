using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>What the customer who is signed in agrees to. Errors: not_found (404).</summary>
public sealed record GetMyConsents(AccountId AccountId) : IRequest<MyConsents>;

/// <param name="Account">Anybody can register with another one's address: what staff wrote down is the customer's to read when it is verified.</param>
/// <param name="Consents">Null: nothing was ever said.</param>
public sealed record MyConsents(CustomerAccount Account, CustomerConsentsView? Consents);

/// <summary>What a customer agrees to, as the business sees it: a guest to nothing. Errors: not_found (404).</summary>
public sealed record GetCustomerConsents(CustomerId CustomerId) : IRequest<KnownConsents>;

/// <param name="Consents">Null: nothing was ever said.</param>
public sealed record KnownConsents(CustomerConsentsView? Consents);

internal sealed class GetConsentsHandler(IMediator mediator, IReadStore reads) : IRequestHandler<GetMyConsents, MyConsents>, IRequestHandler<GetCustomerConsents, KnownConsents>
{
    public async Task<MyConsents> Handle(GetMyConsents query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        return new(account, await reads.Find<CustomerConsentsView>("select * from rm.customer_consents where account_id = @account", new { Account = account.Id }, cancellationToken));
    }

    public async Task<KnownConsents> Handle(GetCustomerConsents query, CancellationToken cancellationToken)
    {
        await reads.RequireCustomer(query.CustomerId, cancellationToken);
        return new(await reads.ConsentsOf(query.CustomerId, cancellationToken));
    }
}

internal static class ConsentReads
{
    public static Task<CustomerConsentsView?> ConsentsOf(this IReadStore reads, CustomerId customer, CancellationToken cancellationToken) =>
        reads.Find<CustomerConsentsView>("select * from rm.customer_consents where customer_id = @customer", new { customer }, cancellationToken);
}
