using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Application.OrderMessages;

/// <summary>
/// Somebody writes about an order (ORD-13); that they may is found out before. Errors: message_invalid, message_to_self (400); conversation_in_account (403);
/// not_found (404); no_driver, conversation_closed, too_many_messages, customer_erased (409).
/// </summary>
public sealed record SendOrderMessage(OrderId OrderId, MessageParty From, MessageSide To, string Text) : IRequest<MessageReceipt>
{
    /// <summary>Without the words, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(SendOrderMessage)} {OrderId}";
}

public sealed record MessageReceipt(OrderMessageId MessageId, DateTimeOffset SentAt, int Version) : Committed(Version);

/// <summary>Writes down something for the business alone. Errors: note_invalid (400); not_found (404); too_many_notes, customer_erased (409).</summary>
public sealed record AddOrderNote(OrderId OrderId, string Text) : IRequest<OrderNoteReceipt>
{
    /// <inheritdoc cref="SendOrderMessage.ToString" />
    public override string ToString() => $"{nameof(AddOrderNote)} {OrderId}";
}

public sealed record OrderNoteReceipt(Guid NoteId, DateTimeOffset AddedAt, int Version) : Committed(Version);

internal sealed class SendOrderMessageHandler(ILane lane, IReadStore reads, ITenantContext context) :
    IRequestHandler<SendOrderMessage, MessageReceipt>, IRequestHandler<AddOrderNote, OrderNoteReceipt>
{
    public async Task<MessageReceipt> Handle(SendOrderMessage command, CancellationToken cancellationToken)
    {
        var order = await Order(command.OrderId, cancellationToken);
        var (id, business) = (OrderConversation.StreamOf(order.OrderId), context.Tenant);
        var message = new OrderMessageId(Uuid.Named("order_message", context.CommandId.ToString()));
        var isDrivers = command.To is MessageSide.Driver || command.From.Side is MessageSide.Driver;
        return await lane.Run(
            streams => streams.Of<OrderConversation>(id).OfErasures(order.CustomerId)
                .Of<CustomerAccount>(command.From.AccountId is { } account ? [account.Value] : [])
                .Of<Delivery>(isDrivers ? Delivery.IdsOf(business, order.OrderId).Select(delivery => delivery.Value) : []),
            (log, now) =>
            {
                if (command.From.AccountId is { } writer)
                {
                    log.Get<CustomerAccount>(writer.Value).Open();
                }

                log.RefuseErased(order.CustomerId, order.PlacedAt);
                var driver = isDrivers && log.LastDelivery(business, order.OrderId) is { IsActive: true } delivery ? delivery.DriverId : null;
                log.Append<OrderConversation, OrderConversationEvent>(id, OrderConversation.Send(
                    log.Find<OrderConversation>(id), TalkedOf(order, driver), message, command.From, command.To, command.Text, now));
                return new MessageReceipt(message, now, log.Version(id));
            },
            cancellationToken);
    }

    public async Task<OrderNoteReceipt> Handle(AddOrderNote command, CancellationToken cancellationToken)
    {
        var order = await Order(command.OrderId, cancellationToken);
        var id = OrderConversation.StreamOf(order.OrderId);
        var note = Uuid.Named("order_note", context.CommandId.ToString());
        return await lane.Run(
            streams => streams.Of<OrderConversation>(id).OfErasures(order.CustomerId),
            (log, now) =>
            {
                log.RefuseErased(order.CustomerId, order.PlacedAt);
                log.Append<OrderConversation, OrderConversationEvent>(id, OrderConversation.AddNote(
                    log.Find<OrderConversation>(id), TalkedOf(order, driver: null), note, command.Text, now));
                return new OrderNoteReceipt(note, now, log.Version(id));
            },
            cancellationToken);
    }

    private async Task<OrderView> Order(OrderId id, CancellationToken cancellationToken) =>
        await reads.Find<OrderView>("select * from rm.orders where order_id = @id", new { id }, cancellationToken) ?? throw new DomainException(DomainError.NotFound("order"));

    /// <summary>Read before the lane is taken, which is safe: what never changes, and when the order was closed, which can only come to be later than that.</summary>
    private static OrderTalkedOf TalkedOf(OrderView order, DriverId? driver) =>
        new(order.OrderId, order.CustomerId, order.AllowedTransitions is [] ? order.Timeline[^1].At : null, driver);
}
