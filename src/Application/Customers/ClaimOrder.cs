using Mainstreet.Application.Loyalty;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Whoever ordered as a guest has it in the account, before the address is verified, by the order's token (IAM-15, CUS-08). Doing it again
/// changes nothing. Errors: not_found (404), also for the token of another order; order_of_another_customer (409) for an order with another
/// address, or in another account.
/// </summary>
public sealed record ClaimOrder(AccountId AccountId, OrderId OrderId, string Token) : IRequest<Committed>
{
    public override string ToString() => $"{nameof(ClaimOrder)} {OrderId}";
}

internal sealed class ClaimOrderHandler(ILane lane, IReadStore reads, IMediator mediator) : IRequestHandler<ClaimOrder, Committed>
{
    public async Task<Committed> Handle(ClaimOrder command, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new TrackOrder(command.OrderId, command.Token), cancellationToken)).Order;
        var customer = await reads.PresentOf(order.CustomerId, cancellationToken);
        var claim = ClaimedOrder.StreamOf(order.OrderId);
        return await lane.Run(
            streams => streams.Of<CustomerAccount>(command.AccountId.Value).Of<ClaimedOrder>(claim),
            (log, now) =>
            {
                var account = log.Get<CustomerAccount>(command.AccountId.Value); // one that has proved nothing is given what its own address bought
                log.Append<ClaimedOrder, ClaimedOrderEvent>(claim, ClaimedOrder.Claim(
                    log.Find<ClaimedOrder>(claim), order.OrderId, account.EmailVerified ? customer : order.CustomerId, account, now));
                log.Schedule(new SettleOrderPoints(order.OrderId), now); // here, because an order that is placed in the account is not done yet
                return new Committed(log.Version(claim));
            },
            cancellationToken);
    }
}
