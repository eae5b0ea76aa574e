using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Customers;

/// <summary>Who signs in with an address at this business. It holds no more of a person than that: the rest is read from the stream.</summary>
internal sealed record CustomerAccountView([property: Key] AccountId AccountId, CustomerId CustomerId, string Email);

internal sealed class CustomerAccountsProjection : Projection<CustomerAccountView>
{
    public CustomerAccountsProjection() : base("customer_accounts", version: 1, inline: true)
    {
        // an erased address is no address: who registers with it again gets another account
        On<CustomerRegistered>(e => new(e.AccountId, e.CustomerId, e.Email), (account, _) => EmailAddress.IsWellFormed(account.Email) ? account : null);
        On<CustomerAccountClosed>(e => new(e.AccountId, e.CustomerId, ""), (_, _) => null);
        Unique(IdentityErrors.EmailTaken, where: null, "email");
        Index("customer_id");
    }
}
