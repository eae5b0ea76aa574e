using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>
/// An order of the customer becomes items of their cart, or of a new one (ORD-11): the same goods, quantities, choices and notes at today's prices. Errors:
/// not_found (404), also for somebody else's order and where nothing is sold; conflict (409); nothing_to_reorder (422), and then nothing is written.
/// </summary>
public sealed record ReorderOrder(AccountId AccountId, OrderId OrderId) : IRequest<ReorderReceipt>;

/// <param name="Changes">What is not as it was ordered.</param>
public sealed record ReorderReceipt(CartId CartId, int Version, ReorderChange[] Changes) : Committed(Version);

internal sealed class ReorderOrderHandler(IMediator mediator, ICarts carts, CartSteps steps, IReadStore reads, TimeProvider clock) : IRequestHandler<ReorderOrder, ReorderReceipt>
{
    private const int Attempts = 5;

    public async Task<ReorderReceipt> Handle(ReorderOrder command, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new GetCustomerOrder(command.AccountId, command.OrderId), cancellationToken)).Order;
        var wanted = new CartBasket([.. order.Lines.Select(line => new BasketLine(line.VariantId, line.Quantity))], order.DeliveryType);
        var facts = await reads.CheckoutFacts(wanted, coupon: null, cancellationToken);
        var offer = new ReorderOffer(facts.Products, facts.OptionGroups, facts.Stock);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var present = await carts.OfAccount(command.AccountId, cancellationToken);
            var isOpen = present is not null && !await steps.IsCheckedOut(present, cancellationToken);
            var now = clock.GetUtcNow();
            var cart = isOpen ? present!.Next(now) : Cart.New(new(Guid.NewGuid()), command.AccountId, now) with { DeliveryType = order.DeliveryType };
            var (filled, changes) = cart.Reorder(order.Lines, offer, Uuid.New);
            if (!isOpen && present is not null)
            {
                await carts.Remove(present.Id, cancellationToken);
            }

            if (isOpen ? await carts.Save([filled], cancellationToken) : await carts.Add(filled, cancellationToken))
            {
                return new(filled.Id, filled.Version, changes);
            }
        }

        throw new DomainException(CartErrors.Busy);
    }
}
