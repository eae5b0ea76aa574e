using Mainstreet.Application.Carts;
using Mainstreet.Application.Loyalty;
using Mainstreet.Application.Notifications;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Pos;
using Mainstreet.Application.Reviews;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// All that the business has of a customer (SEC-04). What was bought with the address as a guest, or at a till, and what staff wrote down, is theirs
/// when the address is verified: anybody can register with another one's. So is what there is of those who were merged into the customer. Errors: not_found (404).
/// </summary>
public sealed record ExportMyself(AccountId AccountId) : IRequest<CustomerExport>;

/// <param name="Orders">The newest first.</param>
/// <param name="Sales">At tills, the newest first.</param>
/// <param name="Sessions">That are not over, the one used last first.</param>
/// <param name="Record">Null: nothing was kept, or the address is not verified.</param>
/// <param name="Cart">Null: there is none.</param>
/// <param name="Points">What changed them, the newest first.</param>
/// <param name="Notifications">Of the orders, the newest first.</param>
/// <param name="Reviews">Those withdrawn too, the newest first.</param>
/// <param name="Conversations">About the orders.</param>
/// <param name="Consents">Null: nothing was ever said of them.</param>
/// <param name="Wallet">What the customer saved to pay with, as it may be shown.</param>
public sealed record CustomerExport(
    CustomerAccount Account, IReadOnlyList<OrderView> Orders, IReadOnlyList<SaleView> Sales, IReadOnlyList<SessionEntry> Sessions, CustomerRecordView? Record, Cart? Cart,
    IReadOnlyList<LoyaltyEntryView> Points, IReadOnlyList<NotificationView> Notifications, CustomerWishes Wishes, IReadOnlyList<ReviewView> Reviews, IReadOnlyList<OrderConversationView> Conversations,
    CustomerConsentsView? Consents, ShownWallet Wallet);

internal sealed class ExportMyselfHandler(IMediator mediator, IReadStore reads, ISessions sessions, ICarts carts) : IRequestHandler<ExportMyself, CustomerExport>
{
    private const int MostSessions = 1000;

    public async Task<CustomerExport> Handle(ExportMyself query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        var orders = await reads.List<OrderView>(
            $"select o.* {OrdersOfCustomer.From} order by o.placed_at desc, o.order_id desc",
            new { account.CustomerId, Account = account.Id, Verified = account.EmailVerified, Erasure = OrdersOfCustomer.Erasure(account) },
            cancellationToken);
        IReadOnlyList<SaleView> sales = account.EmailVerified
            ? await reads.List<SaleView>($"select * from rm.sales where customer_id = {SamePerson.Ids("@customer_id::uuid")} order by sold_at desc, sale_id desc", new { account.CustomerId }, cancellationToken)
            : [];
        var record = account.EmailVerified
            ? await CustomerRecordView.Of(reads, account.CustomerId, cancellationToken)
            : null;
        return new(
            account, orders, sales, await sessions.Of(account.Id.SignsIn, after: null, MostSessions, cancellationToken), record,
            await carts.OfAccount(account.Id, cancellationToken),
            await reads.List<LoyaltyEntryView>($"select * from rm.loyalty_entries where account_id = @account or @verified and customer_id = {SamePerson.Members("@customer_id")} order by account_id = @account desc, account_id, entry desc",
                new { Account = account.Id, account.CustomerId, Verified = account.EmailVerified }, cancellationToken),
            await reads.List<NotificationView>(
                "select * from rm.notifications where order_id = any(@orders) order by created_at desc, notification_id desc",
                new { Orders = orders.Select(order => order.OrderId.Value).ToArray() }, cancellationToken),
            (await mediator.Send(new GetCustomerWishes(account.Id), cancellationToken)).State,
            await ReviewsOfCustomer.All(reads, account, cancellationToken),
            await reads.List<OrderConversationView>(
                "select * from rm.order_conversations where conversation_id = any(@conversations) order by last_message_at desc nulls last, conversation_id desc",
                new { Conversations = orders.Select(order => OrderConversation.StreamOf(order.OrderId)).ToArray() }, cancellationToken),
            (await mediator.Send(new GetMyConsents(account.Id), cancellationToken)).Consents,
            await mediator.Send(new GetWallet(account.Id), cancellationToken));
    }
}
