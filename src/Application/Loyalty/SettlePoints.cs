using Mainstreet.Application.Customers;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>
/// Brings the points that an order earned in line with what is paid for it. It looks at what is, not at what happened: so it may be asked for at any
/// time and as often as one likes, and an order earns once.
/// </summary>
[Message("loyalty.settle_order")]
public sealed record SettleOrderPoints(OrderId OrderId) : IRequest<Committed>;

/// <summary>As <see cref="SettleOrderPoints"/>, for a sale at a till.</summary>
[Message("loyalty.settle_sale")]
public sealed record SettleSalePoints(SaleId SaleId) : IRequest<Committed>;

internal sealed class SettleOrderPointsHandler(IAggregates aggregates, PointSettlement settlement) : IRequestHandler<SettleOrderPoints, Committed>
{
    public async Task<Committed> Handle(SettleOrderPoints command, CancellationToken cancellationToken)
    {
        var found = await aggregates.Find<Order, OrderEvent>(command.OrderId.Value, cancellationToken);
        if (found is not { State: { IsDoneAndPaid: true } order })
        {
            return new(0);
        }

        var payment = Payment.IdFor(order.Id);
        return await settlement.Settle(
            new(order.Id, null), order.CustomerId, order.PlacedAt, ClaimedOrder.StreamOf(order.Id),
            streams => streams.Of<Order>(order.Id.Value).Of<Payment>(payment.Value),
            log => log.Find<Payment>(payment.Value) is { Captured: { } captured } paid ? captured - paid.Refunded : order.Total,
            cancellationToken,
            order.Points is { } used ? new(order.Id, used, log => IsRefunded(order, log.Find<Payment>(payment.Value))) : null);
    }

    /// <summary>
    /// By the business: what a bank takes back by a dispute gives no points. A fee or a tip may have been kept, for which no points were used. What was captured
    /// for goods that an amendment took off went back for those.
    /// </summary>
    private static bool IsRefunded(Order order, Payment? payment)
    {
        var back = payment?.Refunds.Where(refund => refund.State == RefundState.Succeeded).Sum(refund => refund.Amount.Amount) ?? 0;
        back -= payment is { Captured: { } captured } ? Math.Max(0, Math.Min(captured.Amount, payment.Amount.Amount) - order.Total.Amount) : 0;
        return back > 0 && back >= (order.Goods.Amount > 0 ? order.Goods.Amount : order.Total.Amount);
    }
}

/// <summary>What an order was paid with in points, and whether its goods were refunded since.</summary>
public sealed record OrderRedemption(OrderId OrderId, AppliedPoints Used, Func<ILaneLog, bool> IsRefunded);

internal sealed class SettleSalePointsHandler(IAggregates aggregates, PointSettlement settlement) : IRequestHandler<SettleSalePoints, Committed>
{
    public async Task<Committed> Handle(SettleSalePoints command, CancellationToken cancellationToken)
    {
        var found = await aggregates.Find<Sale, SaleEvent>(command.SaleId.Value, cancellationToken);
        if (found is not { State: { CustomerId: { } customer } sale })
        {
            return new(0);
        }

        return await settlement.Settle(
            new(null, sale.Id), customer, sale.RungUpAt, claim: null, streams => streams.Of<Sale>(sale.Id.Value), log => log.Get<Sale>(sale.Id.Value).Kept, cancellationToken);
    }
}

/// <summary>
/// Decides whose points something earns: those of the account that it is in. What was bought as a guest is the account's when the address is verified or
/// the order claimed, and earns then (IAM-15). What was bought before an erasure is nobody's any more, so no order earns for two accounts of one address.
/// </summary>
public sealed class PointSettlement(ILane lane, IReadStore reads, IFeatures features, ITenantContext tenant)
{
    private static readonly string Account = $"""
        select a.account_id from rm.customer_accounts a
         where a.customer_id = {SamePerson.Present("@customer::uuid")} and not exists (select from rm.erasures e where e.id = @erasure and e.erased_at >= @bought_at)
        """;

    /// <param name="source">What was bought.</param>
    /// <param name="customer">By whom.</param>
    /// <param name="boughtAt">When.</param>
    /// <param name="claim">Where it stands in which account it is; null: it cannot be claimed.</param>
    /// <param name="name">The streams by which <paramref name="paid"/> knows.</param>
    /// <param name="paid">What is paid for it by now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="redemption">Null: no points were redeemed for it.</param>
    public async Task<Committed> Settle(
        PointSource source, CustomerId customer, DateTimeOffset boughtAt, Guid? claim, Action<LaneStreams> name, Func<ILaneLog, Money> paid, CancellationToken cancellationToken,
        OrderRedemption? redemption = null)
    {
        var erasure = Domain.Privacy.DataSubject.StreamOf(customer.Value);
        var owners = await reads.List<Guid>(Account, new { Customer = customer, Erasure = erasure, BoughtAt = boughtAt }, cancellationToken);
        if (owners is not [var account])
        {
            return new(0);
        }

        var inPlan = await features.Has(tenant.Tenant, PlanFeature.Loyalty, subject: null, cancellationToken);
        var owner = new AccountId(account);
        var id = LoyaltyAccount.StreamOf(owner);
        var redeemed = redemption is null ? id : LoyaltyAccount.StreamOf(redemption.Used.AccountId);
        return await lane.Run(
            streams => name(streams.Of<CustomerAccount>(owner.Value).Of<LoyaltyAccount>(id, redeemed).Of<LoyaltyProgramme>(LoyaltyProgramme.Stream).Of<ClaimedOrder>(claim is { } order ? [order] : [])),
            (log, now) =>
            {
                var holder = log.Get<CustomerAccount>(owner.Value);
                var programme = log.Find<LoyaltyProgramme>(LoyaltyProgramme.Stream);
                var claimed = claim is { } order ? log.Find<ClaimedOrder>(order) : null;
                var merged = holder.CustomerId != customer; // whose account, in which it may be, is closed
                var points = log.Find<LoyaltyAccount>(id) ?? LoyaltyAccount.Empty(owner, holder.CustomerId);
                if (!holder.Closed && (claimed?.AccountId == owner || points.HasEarnedFor(source) || (holder.EmailVerified && (merged || claimed is null))))
                {
                    log.Append<LoyaltyAccount, LoyaltyEvent>(id, points.Settle(
                        source, paid(log), inPlan && programme?.Rewards(boughtAt) == true ? programme.Terms : null, now));
                    if (redemption is { OrderId: var spent, Used: var used } && log.Find<LoyaltyAccount>(redeemed) is { } with && (used.AccountId == owner || with.MovedTo is not null))
                    {
                        log.Append<LoyaltyAccount, LoyaltyEvent>(redeemed, with.SettleRedemption(spent, used.Points, used.Saved, redemption.IsRefunded(log), now));
                        if (with.MovedTo is not null)
                        {
                            log.Schedule(new FollowMovedPoints(used.AccountId), now);
                        }
                    }
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
