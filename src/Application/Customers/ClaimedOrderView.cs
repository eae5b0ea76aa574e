using Mainstreet.Domain;
using Mainstreet.Domain.Customers;

namespace Mainstreet.Application.Customers;

/// <summary>In which account an order is.</summary>
/// <param name="ClaimId">The stream's.</param>
internal sealed record ClaimedOrderView([property: Key] Guid ClaimId, OrderId OrderId, AccountId AccountId);

internal sealed class ClaimedOrdersProjection : Projection<ClaimedOrderView>
{
    public ClaimedOrdersProjection() : base("claimed_orders", version: 1, inline: true)
    {
        On<OrderClaimed>(e => new(ClaimedOrder.StreamOf(e.OrderId), e.OrderId, e.AccountId), (order, _) => order);
        Index("order_id");
    }
}
