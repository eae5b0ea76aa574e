using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using Mainstreet.Domain.Privacy;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Somebody who has bought or has an account, as the business sees them (CUS-01, CUS-07). Who bought as a guest and registers with the same
/// address is one customer. An erasure leaves the figures.
/// </summary>
/// <param name="Buyer">What the last order said.</param>
/// <param name="BroughtTo">Where the last order that was delivered went.</param>
/// <param name="Account">Null: a guest.</param>
/// <param name="Orders">That count, and sales at tills; what was canceled, rejected, unpaid, voided or returned is among the reversed ones.</param>
/// <param name="Spent">By the orders and sales that count, without what was given back at tills. Without a currency before the first one.</param>
/// <param name="LastOrderAt">Of whatever was ordered or bought at a till; the epoch: nothing was.</param>
/// <param name="ErasedAt">The last time.</param>
/// <param name="LoyaltyPoints">The account's.</param>
/// <param name="RefusedChannels">On which nothing is to come, as after a STOP.</param>
public sealed partial record CustomerView(
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
    long LoyaltyPoints,
    NotificationChannel[] RefusedChannels)
{
    /// <summary>
    /// On which the customer agreed to be written to for marketing, can be, and does not refuse whatever comes. Nobody agreed whose address is not verified: anybody
    /// can register with another one's.
    /// </summary>
    public IReadOnlyList<NotificationChannel> MarketingChannels() => Account is { EmailVerified: true, Consents: { } consents }
        ? [.. consents.Where(consent => consent is { Given: true, Purpose: ConsentPurpose.Marketing } && !(consent.NeedsPhone && Account.Phone is null)).Select(consent => consent.Channel).Except(RefusedChannels).Order()]
        : [];

    internal bool HasOrdered => FirstOrderAt is not null;

    /// <summary>A row before its first event.</summary>
    internal static CustomerView Empty(CustomerId id) =>
        new(id, null, null, null, "", "", null, null, null, null, 0, 0, Money.Zero(""), null, DateTimeOffset.UnixEpoch, null, LoyaltyPoints: 0, RefusedChannels: []);

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
    public CustomersProjection() : base("customers", version: 6)
    {
        On<OrderPlaced>(e => CustomerView.Empty(e.CustomerId), Bought);
        On<OrderAmended>(e => CustomerView.Empty(e.CustomerId), (customer, e) => customer with { Spent = customer.Spent + e.Total - e.Replaced.Total });
        Reverse<OrderPaymentExpired>(e => e.Reversed);
        Reverse<OrderRejected>(e => e.Reversed);
        Reverse<OrderCanceled>(e => e.Reversed);
        Reverse<OrderReturned>(e => e.Reversed);
        OnSale<SaleRungUp>(e => e.CustomerId, (customer, e) => Counted(customer, e.Total, e.Offline?.OccurredAt ?? e.At));
        OnSale<SaleVoided>(e => e.CustomerId, (customer, e) => Back(customer, e.Total, complete: true));
        OnSale<SaleReturned>(e => e.CustomerId, (customer, e) => Back(customer, e.Total, e.Complete));
        On<CustomerRegistered>(
            e => CustomerView.Empty(e.CustomerId),
            (customer, e) => (customer with { Account = CustomerAccount.Evolve(null, e), RegisteredAt = e.At }).Named());
        Account<CustomerEmailVerified>(e => e.CustomerId);
        Account<CustomerProfileChanged>(e => e.CustomerId);
        Account<CustomerAddressSaved>(e => e.CustomerId);
        Account<CustomerAddressRemoved>(e => e.CustomerId);
        Account<CustomerDefaultAddressSet>(e => e.CustomerId);
        Account<CustomerConsentChanged>(e => e.CustomerId);
        On<CustomerWishesChosen>(
            e => CustomerView.Empty(e.CustomerId),
            (customer, e) => customer.HasOrdered || customer.Account is not null ? customer with { RefusedChannels = e.Refused } : null);
        On<CustomerAccountClosed>(e => CustomerView.Empty(e.CustomerId), (customer, _) => (customer with { Account = null, RegisteredAt = null, LoyaltyPoints = 0 }).Named());
        On<DataSubjectErased>(e => CustomerView.Empty(new(e.SubjectId)), (customer, e) => customer.HasOrdered
            ? (customer with { Buyer = null, BroughtTo = null, Account = null, RegisteredAt = null, ErasedAt = e.At, LoyaltyPoints = 0 }).Named()
            : null);
        Points<PointsEarned>();
        Points<PointsRedeemed>();
        Points<PointsReversed>();
        Points<PointsExpired>();
        Points<PointsAdjusted>();
        Points<PointsHandedOver>();
        Points<PointsTakenOver>();
        Index("last_order_at", "customer_id");
        Index("spent_amount", "customer_id");
        Index("name_key", "customer_id");
    }

    private static CustomerView Bought(CustomerView customer, OrderPlaced e) =>
        (Counted(customer, e.Total, e.At) with { Buyer = e.Contact, BroughtTo = e.DropOff ?? customer.BroughtTo }).Named();

    /// <summary>A till that was offline tells late what it sold.</summary>
    private static CustomerView Counted(CustomerView customer, Money total, DateTimeOffset at) => customer with
    {
        Orders = customer.Orders + 1,
        Spent = customer.HasOrdered ? customer.Spent + total : total,
        FirstOrderAt = customer.FirstOrderAt < at ? customer.FirstOrderAt : at,
        LastOrderAt = customer.LastOrderAt > at ? customer.LastOrderAt : at,
    };

    /// <summary>A sale no longer counts as one when all of its goods came back.</summary>
    private static CustomerView Back(CustomerView customer, Money total, bool complete) => customer with
    {
        Orders = customer.Orders - (complete ? 1 : 0),
        ReversedOrders = customer.ReversedOrders + (complete ? 1 : 0),
        Spent = customer.Spent - total,
    };

    private void Reverse<TEvent>(Func<TEvent, ReversedSale> sale) where TEvent : OrderEvent =>
        On<TEvent>(
            e => CustomerView.Empty(sale(e).CustomerId),
            (customer, e) => Back(customer, sale(e).Total, complete: true));

    private void OnSale<TEvent>(Func<TEvent, CustomerId?> buyer, Func<CustomerView, TEvent, CustomerView> fold) where TEvent : SaleEvent =>
        OnEach<TEvent, CustomerId>(
            e => buyer(e) is { } customer ? [customer] : [], (_, customer) => CustomerView.Empty(customer), (customer, e, _) => fold(customer, e));

    private void Points<TEvent>() where TEvent : LoyaltyEvent, IPointsChange =>
        On<TEvent>(e => CustomerView.Empty(e.CustomerId), (customer, e) => customer.Account?.Id == e.AccountId ? customer with { LoyaltyPoints = customer.LoyaltyPoints + e.Points }
            : customer.HasOrdered || customer.Account is not null ? customer
            : null); // an account that is closed

    private void Account<TEvent>(Func<TEvent, CustomerId> id) where TEvent : CustomerAccountEvent =>
        On<TEvent>(e => CustomerView.Empty(id(e)), (customer, e) => (customer with { Account = CustomerAccount.Evolve(customer.Account, e) }).Named());
}
