using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>An address was verified, or somebody else was found to be the same customer: what was bought with it before, as a guest or at a till, earns its points now.</summary>
[Message("loyalty.settle_customer")]
public sealed record SettleCustomerPoints(AccountId AccountId) : IRequest<Committed>;

internal sealed class SettleCustomerPointsHandler(ILane lane, IAggregates aggregates, IReadStore reads) : IRequestHandler<SettleCustomerPoints, Committed>
{
    public async Task<Committed> Handle(SettleCustomerPoints command, CancellationToken cancellationToken)
    {
        var found = await aggregates.Find<CustomerAccount, CustomerAccountEvent>(command.AccountId.Value, cancellationToken);
        if (found is not { State: { Closed: false } account })
        {
            return new(0);
        }

        var erasure = OrdersOfCustomer.Erasure(account);
        var orders = await reads.List<Guid>(
            $"select o.order_id {OrdersOfCustomer.From} and o.status = 'completed'",
            new { account.CustomerId, Account = account.Id, Verified = account.EmailVerified, Erasure = erasure }, cancellationToken);
        var sales = await reads.List<Guid>(
            $"""
            select s.sale_id from rm.sales s
             where s.customer_id = {SamePerson.Ids("@customer_id::uuid")} and s.status = 'completed'
               and {OrdersOfCustomer.NotErased("s.customer_id", "s.recorded_at")}
            """,
            new { account.CustomerId, Erasure = erasure }, cancellationToken);
        return await lane.Run(
            _ => { },
            (log, now) =>
            {
                foreach (var order in orders)
                {
                    log.Schedule(new SettleOrderPoints(new(order)), now);
                }

                foreach (var sale in sales)
                {
                    log.Schedule(new SettleSalePoints(new(sale)), now);
                }

                return new Committed(0);
            },
            cancellationToken);
    }
}
