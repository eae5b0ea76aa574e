using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Customers;

/// <summary>
/// An order that is in an account: because it was placed there, or because whoever holds its token said so (IAM-15). What was bought as a
/// guest with an address that was verified since needs no claim.
/// </summary>
public sealed record ClaimedOrder(OrderId OrderId, AccountId AccountId) : IAggregate<ClaimedOrder, ClaimedOrderEvent>
{
    public static Guid StreamOf(OrderId order) => Uuid.Named("claimed_order", order.ToString());

    /// <param name="present">Null for an order that is in no account.</param>
    /// <param name="customer">Whose order it is. The token alone is not enough: links to orders are passed on.</param>
    public static ClaimedOrderEvent[] Claim(ClaimedOrder? present, OrderId order, CustomerId customer, CustomerAccount account, DateTimeOffset now)
    {
        Check.That(customer == account.Open().CustomerId && (present is null || present.AccountId == account.Id), CustomerErrors.OrderOfAnother);
        return present is null ? [new OrderClaimed(order, account.Id, customer, now)] : [];
    }

    public static ClaimedOrder Evolve(ClaimedOrder? state, ClaimedOrderEvent e) => (state, e) switch
    {
        (null, OrderClaimed claimed) => new(claimed.OrderId, claimed.AccountId),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : "a claim")}."),
    };
}

public abstract record ClaimedOrderEvent : IEvent;

[EventType("customer.order_claimed.v1", Description = "An order that was placed as a guest belongs to the customer's account now.")]
public sealed record OrderClaimed(OrderId OrderId, AccountId AccountId, CustomerId CustomerId, DateTimeOffset At) : ClaimedOrderEvent;

[JsonSerializable(typeof(OrderClaimed))]
internal sealed partial class ClaimedOrderJson : JsonSerializerContext;
