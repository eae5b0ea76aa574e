using Mainstreet.Domain;

namespace Mainstreet.Application.Customers;

internal static class ActingCustomer
{
    /// <summary>The account of the customer who acts; null: it is a guest, or somebody of the business.</summary>
    public static AccountId? Customer(this ITenantContext context) => context.Actor is { Type: "customer", Id: { } id } ? new AccountId(id) : null;
}
