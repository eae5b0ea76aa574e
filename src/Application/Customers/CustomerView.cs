using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Privacy;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Somebody who has bought or has an account, as the business sees them (CUS-01, CUS-07). Who bought as a guest and registers with the same
/// address is one customer. An erasure leaves the figures.
/// </summary>
/// <param name="Buyer">What the last order said.</param>
/// <param name="BroughtTo">Where the last order that was delivered went.</param>
/// <param name="Account">Null: a guest.</param>
/// <param name="Orders">That count; what was canceled, rejected, unpaid or returned is among the reversed ones.</param>
/// <param name="Spent">By the orders that count. Without a currency before the first one.</param>
/// <param name="LastOrderAt">Of whatever was ordered; the epoch: nothing was.</param>
/// <param name="ErasedAt">The last time.</param>
/// <param name="LoyaltyPoints">The account's.</param>
public sealed record CustomerView(
    [property: Key] CustomerId CustomerId,
    string? Name,
    string? Email,
    string? Phone,
    [property: NotShown] string NameKey,
    [property: NotShown] string SearchText,
    Contact? Buyer,
    Address? BroughtTo,
    CustomerAccount? Account,
    DateTimeOffset? RegisteredAt,
    int Orders,
    int ReversedOrders,
    Money Spent,
    DateTimeOffset? FirstOrderAt,
    DateTimeOffset LastOrderAt,
    DateTimeOffset? ErasedAt,
    long LoyaltyPoints)
{
    internal bool HasOrdered => FirstOrderAt is not null;

    /// <summary>A row before its first event.</summary>
    internal static CustomerView Empty(CustomerId id) =>
        new(id, null, null, null, "", "", null, null, null, null, 0, 0, Money.Zero(""), null, DateTimeOffset.UnixEpoch, null, LoyaltyPoints: 0);

    /// <summary>
    /// As lists show and find the customer. An account's name counts when its address is verified: anybody can register with another one's.
    /// </summary>
    internal CustomerView Named()
    {
        var told = Account is { } account && (account.EmailVerified || Buyer is null) ? new Contact(account.FullName, account.Email, account.Phone) : Buyer;
        return this with
        {
            Name = told?.Name,
            Email = Account?.Email ?? told?.Email,
            Phone = told?.Phone,
            NameKey = Application.SearchText.Of(told?.Name),
            SearchText = Application.SearchText.Of(
                Account?.FullName, Account?.Email, CustomerWords.Digits(Account?.Phone), Buyer?.Name, Buyer?.Email, CustomerWords.Digits(Buyer?.Phone)),
        };
    }
}

internal sealed class CustomersProjection : Projection<CustomerView>
{
    public CustomersProjection() : base("customers", version: 2)
    {
        On<OrderPlaced>(e => CustomerView.Empty(e.CustomerId), Bought);
        Reverse<OrderPaymentExpired>(e => e.Reversed);
        Reverse<OrderRejected>(e => e.Reversed);
        Reverse<OrderCanceled>(e => e.Reversed);
        Reverse<OrderReturned>(e => e.Reversed);
        On<CustomerRegistered>(
            e => CustomerView.Empty(e.CustomerId),
            (customer, e) => (customer with { Account = CustomerAccount.Evolve(null, e), RegisteredAt = e.At }).Named());
        Account<CustomerEmailVerified>(e => e.CustomerId);
        Account<CustomerProfileChanged>(e => e.CustomerId);
        Account<CustomerAddressSaved>(e => e.CustomerId);
        Account<CustomerAddressRemoved>(e => e.CustomerId);
        Account<CustomerDefaultAddressSet>(e => e.CustomerId);
        On<CustomerAccountClosed>(e => CustomerView.Empty(e.CustomerId), (customer, _) => (customer with { Account = null, RegisteredAt = null, LoyaltyPoints = 0 }).Named());
        On<DataSubjectErased>(e => CustomerView.Empty(new(e.SubjectId)), (customer, e) => customer.HasOrdered
            ? (customer with { Buyer = null, BroughtTo = null, Account = null, RegisteredAt = null, ErasedAt = e.At, LoyaltyPoints = 0 }).Named()
            : null);
        Points<PointsEarned>();
        Points<PointsRedeemed>();
        Points<PointsReversed>();
        Points<PointsExpired>();
        Points<PointsAdjusted>();
        Index("last_order_at", "customer_id");
        Index("spent_amount", "customer_id");
        Index("name_key", "customer_id");
    }

    private static CustomerView Bought(CustomerView customer, OrderPlaced e) => (customer with
    {
        Buyer = e.Contact,
        BroughtTo = e.DropOff ?? customer.BroughtTo,
        Orders = customer.Orders + 1,
        Spent = customer.HasOrdered ? customer.Spent + e.Total : e.Total,
        FirstOrderAt = customer.FirstOrderAt ?? e.At,
        LastOrderAt = e.At,
    }).Named();

    private void Reverse<TEvent>(Func<TEvent, ReversedSale> sale) where TEvent : OrderEvent =>
        On<TEvent>(
            e => CustomerView.Empty(sale(e).CustomerId),
            (customer, e) => customer with { Orders = customer.Orders - 1, ReversedOrders = customer.ReversedOrders + 1, Spent = customer.Spent - sale(e).Total });

    private void Points<TEvent>() where TEvent : LoyaltyEvent, IPointsChange =>
        On<TEvent>(e => CustomerView.Empty(e.CustomerId), (customer, e) => customer.Account?.Id == e.AccountId ? customer with { LoyaltyPoints = customer.LoyaltyPoints + e.Points }
            : customer.HasOrdered || customer.Account is not null ? customer
            : null); // an account that is closed

    private void Account<TEvent>(Func<TEvent, CustomerId> id) where TEvent : CustomerAccountEvent =>
        On<TEvent>(e => CustomerView.Empty(id(e)), (customer, e) => (customer with { Account = CustomerAccount.Evolve(customer.Account, e) }).Named());
}
