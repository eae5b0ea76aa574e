using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Application.OrderMessages;

/// <summary>What a driver is told about the order of a delivery under way, and says. Errors of all: not_found (404) for a delivery that the driver does not have now.</summary>
/// <param name="DeliveryId">In any business: the pool knows in which (D7).</param>
public sealed record ListDriverMessages(DeliveryId DeliveryId, PageRequest Page) : IRequest<Page<OrderMessage>>;

/// <summary>Errors: also those of <see cref="SendOrderMessage"/>.</summary>
public sealed record SendDriverMessage(DeliveryId DeliveryId, MessageSide To, string Text) : IRequest<DriverMessageSent>
{
    /// <inheritdoc cref="SendOrderMessage.ToString" />
    public override string ToString() => $"{nameof(SendDriverMessage)} {DeliveryId}";
}

/// <summary>Not a commit of the pool, where the driver's requests come in.</summary>
public sealed record DriverMessageSent(MessageReceipt There);

/// <summary>Errors: also those of <see cref="ReadOrderMessages"/>.</summary>
public sealed record ReadDriverMessages(DeliveryId DeliveryId, OrderMessageId? UpTo) : IRequest<DriverStepTaken>;

/// <summary>In the pool: everything else is asked for in the business, where the driver stays the actor.</summary>
internal sealed class DriverMessagesHandler(IReadStore reads, ITenantScopes scopes, ITenantContext context) :
    IRequestHandler<ListDriverMessages, Page<OrderMessage>>, IRequestHandler<SendDriverMessage, DriverMessageSent>, IRequestHandler<ReadDriverMessages, DriverStepTaken>
{
    private MessageParty Driver => MessageParty.Driver(context.Driver());

    public async Task<Page<OrderMessage>> Handle(ListDriverMessages query, CancellationToken cancellationToken)
    {
        var (business, order) = await Find(query.DeliveryId, cancellationToken);
        return await scopes.Send(business, new ListOrderMessages(order, Driver, query.Page), cancellationToken);
    }

    public async Task<DriverMessageSent> Handle(SendDriverMessage command, CancellationToken cancellationToken)
    {
        var (business, order) = await Find(command.DeliveryId, cancellationToken, orOver: true); // the lane refuses it, and knows a repeated request
        return new(await scopes.Send(business, new SendOrderMessage(order, Driver, command.To, command.Text), cancellationToken));
    }

    public async Task<DriverStepTaken> Handle(ReadDriverMessages command, CancellationToken cancellationToken)
    {
        var (business, order) = await Find(command.DeliveryId, cancellationToken);
        return new(await scopes.Send(business, new ReadOrderMessages(order, Driver, command.UpTo), cancellationToken));
    }

    private async Task<(TenantId Business, OrderId Order)> Find(DeliveryId delivery, CancellationToken cancellationToken, bool orOver = false)
    {
        var business = await reads.BusinessOf(delivery, context.Driver(), cancellationToken);
        return (business, (await scopes.Send(business, new FindDriversOrder(delivery, orOver), cancellationToken)).OrderId);
    }
}

/// <summary>In the business: a delivery that the driver who asks has. Errors: not_found (404).</summary>
/// <param name="OrOver">Also one that has ended.</param>
internal sealed record FindDriversOrder(DeliveryId DeliveryId, bool OrOver) : IRequest<DeliveryView>;

internal sealed class FindDriversOrderHandler(IReadStore reads, ITenantContext context) : IRequestHandler<FindDriversOrder, DeliveryView>
{
    public async Task<DeliveryView> Handle(FindDriversOrder query, CancellationToken cancellationToken)
    {
        var delivery = await reads.DeliveryOf(query.DeliveryId, context.Driver(), cancellationToken);
        return delivery.IsActive || query.OrOver ? delivery : throw new DomainException(DeliveryErrors.NotFound);
    }
}
