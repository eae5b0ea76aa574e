using Mainstreet.Application.Drivers;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.OrderMessages;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>A delivery as its driver sees it (DRV-10). Errors: not_found (404) for one that is not the driver's.</summary>
public sealed record GetDriverDelivery(DeliveryId DeliveryId) : IRequest<DriverDelivery>;

/// <param name="Order">What is to be brought and how it is paid; null when the delivery is over, as are contact and address.</param>
/// <param name="UnreadMessages">How many messages to the driver are not read.</param>
public sealed record DriverDelivery(TenantId BusinessId, DeliveryView Delivery, Contact? Contact, Address? DropOff, Order? Order, int UnreadMessages);

internal sealed class GetDriverDeliveryHandler(IReadStore reads, ITenantScopes scopes, ITenantContext context) : IRequestHandler<GetDriverDelivery, DriverDelivery>
{
    public async Task<DriverDelivery> Handle(GetDriverDelivery query, CancellationToken cancellationToken)
    {
        var business = await reads.BusinessOf(query.DeliveryId, context.Driver(), cancellationToken);
        return await scopes.Send(business, new ShowDriverDelivery(query.DeliveryId), cancellationToken);
    }
}

/// <summary>In the business.</summary>
internal sealed record ShowDriverDelivery(DeliveryId DeliveryId) : IRequest<DriverDelivery>;

internal sealed class ShowDriverDeliveryHandler(IReadStore reads, IAggregates aggregates, ITenantContext context) : IRequestHandler<ShowDriverDelivery, DriverDelivery>
{
    public async Task<DriverDelivery> Handle(ShowDriverDelivery query, CancellationToken cancellationToken)
    {
        var delivery = await reads.DeliveryOf(query.DeliveryId, context.Driver(), cancellationToken);
        if (!delivery.IsActive)
        {
            return new(context.Tenant, delivery, null, null, null, UnreadMessages: 0);
        }

        var order = await aggregates.Find<Order, OrderEvent>(delivery.OrderId.Value, cancellationToken);
        var talk = await OrderConversationView.Of(reads, delivery.OrderId, cancellationToken);
        return new(
            context.Tenant, delivery, delivery.Contact, delivery.DropOff, order!.State, talk.Messages.Count(message => message.IsUnreadBy(MessageParty.Driver(context.Driver()))));
    }
}
