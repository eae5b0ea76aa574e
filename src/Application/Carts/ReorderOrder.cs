using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>
/// An order of the customer becomes items of their cart, or of a new one (ORD-11), once however often it is asked for with one key: the same goods, quantities, choices and notes at today's prices. Errors:
/// not_found (404), also for somebody else's order and where nothing is sold; conflict (409); nothing_to_reorder (422), and then nothing is written.
/// </summary>
public sealed record ReorderOrder(AccountId AccountId, OrderId OrderId) : IRequest<ReorderReceipt>;

/// <param name="Changes">What is not as it was ordered.</param>
public sealed record ReorderReceipt(CartId CartId, int Version, ReorderChange[] Changes) : Committed(Version);

internal sealed class ReorderOrderHandler(IMediator mediator, CartSteps steps, IReadStore reads, ITenantContext tenant) : IRequestHandler<ReorderOrder, ReorderReceipt>
{
    public async Task<ReorderReceipt> Handle(ReorderOrder command, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new GetCustomerOrder(command.AccountId, command.OrderId), cancellationToken)).Order;
        var wanted = new CartBasket([.. order.Lines.Select(line => new BasketLine(line.VariantId, line.Quantity))], order.DeliveryType);
        var facts = await reads.CheckoutFacts(wanted, coupon: null, cancellationToken);
        var offer = new ReorderOffer(facts.Products, facts.OptionGroups, facts.Stock);

        // a cart is written outside the lane, before the answer is stored: it says itself that a twin of this request, or an earlier try of it, was first
        var cart = await steps.OfCustomer(
            command.AccountId, order.DeliveryType,
            isDone: last => last.LastReorder?.CommandId == tenant.CommandId,
            change: next =>
            {
                var (filled, changes) = next.Reorder(order.Lines, offer, Uuid.New);
                return filled with { LastReorder = new(tenant.CommandId, filled.Version, changes) };
            },
            cancellationToken);
        var made = cart.LastReorder!;
        return new(cart.Id, made.Version, made.Changes);
    }
}
