using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Loyalty;

/// <summary>When points are looked at: what is bought is done or paid, given back, or found to be somebody's; and when points expire.</summary>
internal sealed class LoyaltyPoints : Policy
{
    public LoyaltyPoints() : base("loyalty_points")
    {
        On<OrderCompleted>(e => Schedule(new SettleOrderPoints(e.OrderId), e.At));
        On<OrderPaymentCaptured>(e => Schedule(new SettleOrderPoints(e.OrderId), e.At));
        On<OrderRefunded>(e => Schedule(new SettleOrderPoints(e.OrderId), e.At));
        On<OrderRefundFailed>(e => Schedule(new SettleOrderPoints(e.OrderId), e.At));
        On<CustomerEmailVerified>(e => Schedule(new SettleCustomerPoints(e.AccountId), e.At));
        On<SaleRungUp>(e => e is { CustomerId: not null, Due.Amount: 0 } ? Schedule(new SettleSalePoints(e.SaleId), e.At) : null);
        On<SalePaid>(e => e.Due.Amount == 0 ? Schedule(new SettleSalePoints(e.SaleId), e.At) : null);
        On<SaleReturned>(e => Schedule(new SettleSalePoints(e.SaleId), e.At));
        On<SaleVoided>(e => Schedule(new SettleSalePoints(e.SaleId), e.At));
        On<PointsEarned>(e => Expiry(e, e.ExpiresAt));
        On<PointsAdjusted>(e => Expiry(e, e.ExpiresAt));
        On<PointsReversed>(e => e.Points > 0 ? Expiry(e, e.At) : null); // what comes back may have expired meanwhile
    }

    private static ScheduledCommand? Expiry(IPointsChange e, DateTimeOffset? at) => at is { } due ? Schedule(new ExpirePoints(e.AccountId), due) : null;
}
