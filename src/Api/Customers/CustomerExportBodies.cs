using Mainstreet.Api.Loyalty;
using Mainstreet.Api.Orders;
using Mainstreet.Api.Reviews;
using Mainstreet.Api.Wallets;
using Mainstreet.Application;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Notifications;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.OrderMessages;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Api.Customers;

/// <summary>All that a business has of a customer.</summary>
/// <param name="Addresses">The oldest first.</param>
/// <param name="Orders">The newest first. What was bought with the address before it is verified is left out.</param>
/// <param name="Sales">At tills, the newest first; left out before the address is verified.</param>
/// <param name="Sessions">That are not over.</param>
/// <param name="Cart">What the customer is about to buy, or has bought last.</param>
/// <param name="Tags">By which the business sorts its customers; left out before the address is verified.</param>
/// <param name="Notes">What the business wrote down about the customer; left out before the address is verified.</param>
/// <param name="LoyaltyEntries">What the customer's points changed by, the newest first.</param>
/// <param name="Notifications">What the customer was told of the orders, the newest first.</param>
/// <param name="MutedNotifications">What the customer does not want to be told.</param>
/// <param name="RefusedChannels">On which the customer does not want to be told anything.</param>
/// <param name="OrderMessages">What was said about the orders, by the customer and to them.</param>
/// <param name="OrderNotes">What the business wrote down about the orders; left out before the address is verified.</param>
/// <param name="Consents">To be written to, and how they came to be.</param>
/// <param name="Reviews">Also those that were withdrawn, the newest first.</param>
/// <param name="PaymentMethods">What the customer saved to pay with.</param>
internal sealed record CustomerExportBody(
    CustomerBody Profile,
    IReadOnlyList<AddressBody> Addresses,
    ExportedOrderBody[] Orders,
    ExportedSaleBody[] Sales,
    ExportedSessionBody[] Sessions,
    BasketLineRequest[] Cart,
    string[] Tags,
    ExportedNoteBody[] Notes,
    LoyaltyEntryBody[] LoyaltyEntries,
    ExportedNotificationBody[] Notifications,
    string[] MutedNotifications,
    NotificationChannel[] RefusedChannels,
    OwnReviewBody[] Reviews,
    ExportedMessageBody[] OrderMessages,
    ExportedOrderNoteBody[] OrderNotes,
    ConsentsBody Consents,
    IReadOnlyList<PaymentMethodBody> PaymentMethods)
{
    public static CustomerExportBody Of(CustomerExport export) => new(
        CustomerBody.Of(export.Account), AddressesBody.Of(export.Account).Data, [.. export.Orders.Select(ExportedOrderBody.Of)],
        [.. export.Sales.Select(ExportedSaleBody.Of)], [.. export.Sessions.Select(ExportedSessionBody.Of)],
        [.. export.Cart?.Items.Select(item => new BasketLineRequest(
            item.VariantId.Value, item.Quantity, item.Note, item.Choices is null ? null : [.. item.Choices.Select(chosen => new ChoiceRequest(chosen.ChoiceId.Value, chosen.Quantity))])) ?? []], [.. export.Record?.Tags.Select(tag => tag.Text) ?? []],
        [.. export.Record?.Notes.Select(note => new ExportedNoteBody(note.Text, note.At)) ?? []], [.. export.Points.Select(LoyaltyEntryBody.Of)],
        [.. export.Notifications.Select(ExportedNotificationBody.Of)], export.Wishes.Muted, export.Wishes.Refused, [.. export.Reviews.Select(OwnReviewBody.Written)],
        [.. export.Conversations.SelectMany(ExportedMessageBody.Of)],
        [.. export.Conversations.Where(_ => export.Account.EmailVerified).SelectMany(ExportedOrderNoteBody.Of)],
        ConsentsBody.Own(export.Account, export.Consents), PaymentMethodsBody.Of(export.Wallet).Data);
}

/// <param name="Contact">As it was given with the order.</param>
internal sealed record ExportedOrderBody(
    Guid Id,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    PaymentMethod PaymentMethod,
    DeliveryType DeliveryType,
    Contact Contact,
    Address? Address,
    OrderLineBody[] Lines,
    OrderTotals Totals,
    DateTimeOffset? ScheduledFor,
    StatusChange[] Timeline,
    DateTimeOffset CreatedAt)
{
    public static ExportedOrderBody Of(OrderView order) => new(
        order.OrderId.Value, order.Number, order.Status, order.PaymentStatus, order.PaymentMethod, order.DeliveryType, order.Contact, order.DropOff,
        [.. order.Lines.Select(OrderLineBody.Of)], order.Totals, order.ScheduledFor, order.Timeline, order.PlacedAt);
}

/// <param name="Note">What staff wrote down with it.</param>
internal sealed record ExportedSaleBody(
    Guid Id, string Number, SaleStatus Status, SaleLine[] Lines, SaleTotals Totals, SalePayment[] Payments, SaleReturn[] Returns, string? Note, DateTimeOffset SoldAt)
{
    public static ExportedSaleBody Of(SaleView sale) =>
        new(sale.SaleId.Value, sale.Number, sale.Status, sale.Lines, sale.Totals, sale.Payments, sale.Returns, sale.Note, sale.SoldAt);
}

/// <param name="Network">From where it was opened, cut off.</param>
internal sealed record ExportedSessionBody(string Device, string Network, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt)
{
    public static ExportedSessionBody Of(Application.SessionEntry session) => new(session.Device, session.Network, session.CreatedAt, session.LastUsedAt, session.ExpiresAt);
}

/// <param name="Order">The order's number.</param>
/// <param name="Recipient">The address or number; null: there was none.</param>
internal sealed record ExportedNotificationBody(string Order, string Kind, NotificationChannel Channel, NotificationStatus Status, string? Recipient, DateTimeOffset CreatedAt)
{
    public static ExportedNotificationBody Of(NotificationView view) => new(view.Number, view.Kind, view.Channel, view.Status, view.Recipient, view.CreatedAt);
}

internal sealed record ExportedMessageBody(Guid OrderId, MessageSide From, MessageSide To, string Text, DateTimeOffset CreatedAt)
{
    public static IEnumerable<ExportedMessageBody> Of(OrderConversationView talk) =>
        from message in talk.Messages
        where MessageSide.Customer.Sees(message.From, message.To)
        select new ExportedMessageBody(talk.OrderId.Value, message.From, message.To, message.Text, message.SentAt);
}

internal sealed record ExportedOrderNoteBody(Guid OrderId, string Text, DateTimeOffset CreatedAt)
{
    public static IEnumerable<ExportedOrderNoteBody> Of(OrderConversationView talk) => talk.Notes.Select(note => new ExportedOrderNoteBody(talk.OrderId.Value, note.Text, note.At));
}

internal sealed record ExportedNoteBody(string Text, DateTimeOffset CreatedAt);
