using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Loyalty;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>The points of a customer who is signed in.</summary>
public sealed record GetMyLoyalty(AccountId AccountId) : IRequest<CustomerLoyalty>;

/// <summary>A customer's points, as the business sees them; a guest has none. Errors: not_found (404).</summary>
public sealed record GetCustomerLoyalty(CustomerId CustomerId) : IRequest<CustomerLoyalty>;

/// <param name="Available">What can be redeemed now.</param>
/// <param name="Lots">What the balance is made of, what expires first at first.</param>
/// <param name="Version">Of the account's points.</param>
public sealed record CustomerLoyalty(LoyaltyProgramme Programme, long Balance, long Available, IReadOnlyList<PointLot> Lots, int Version);

internal sealed class GetMyLoyaltyHandler(IAggregates aggregates, IMediator mediator, TimeProvider clock) : IRequestHandler<GetMyLoyalty, CustomerLoyalty>
{
    public async Task<CustomerLoyalty> Handle(GetMyLoyalty query, CancellationToken cancellationToken)
    {
        var programme = await mediator.Send(new GetLoyaltyProgramme(), cancellationToken);
        var found = await aggregates.Find<LoyaltyAccount, LoyaltyEvent>(LoyaltyAccount.StreamOf(query.AccountId), cancellationToken);
        return new(programme.State, found?.State.Balance ?? 0, found?.State.Available(clock.GetUtcNow()) ?? 0, found?.State.Lots ?? [], found?.Version ?? 0);
    }
}

internal sealed class GetCustomerLoyaltyHandler(IReadStore reads, IMediator mediator) : IRequestHandler<GetCustomerLoyalty, CustomerLoyalty>
{
    public async Task<CustomerLoyalty> Handle(GetCustomerLoyalty query, CancellationToken cancellationToken) =>
        await reads.AccountOf(query.CustomerId, cancellationToken) is { } account
            ? await mediator.Send(new GetMyLoyalty(account), cancellationToken)
            : new((await mediator.Send(new GetLoyaltyProgramme(), cancellationToken)).State, 0, 0, [], 0);
}

internal static class LoyaltyOwners
{
    /// <summary>Null: the customer has no account. Errors: not_found (404) for somebody who neither bought nor has an account.</summary>
    public static async Task<AccountId?> AccountOf(this IReadStore reads, CustomerId customer, CancellationToken cancellationToken)
    {
        await reads.RequireCustomer(customer, cancellationToken);
        var accounts = await reads.List<Guid>("select account_id from rm.customer_accounts where customer_id = @customer", new { customer }, cancellationToken);
        return accounts is [var account] ? new AccountId(account) : null;
    }
}
