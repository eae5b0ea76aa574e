using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>
/// What a customer says of an order, once (ORD-08); that it is theirs to say is found out before. Errors: rating_invalid, text_invalid, author_invalid (400); not_found
/// (404); order_not_handed_over, already_reviewed, customer_erased (409); nothing_delivered (422).
/// </summary>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="AccountId">Null: a guest, who has the order's token.</param>
public sealed record ReviewOrder(OrderId OrderId, CustomerId CustomerId, AccountId? AccountId, ReviewRatings Ratings, ReviewWords Words) : IRequest<ReviewReceipt>;

internal sealed class ReviewOrderHandler(ILane lane) : IRequestHandler<ReviewOrder, ReviewReceipt>
{
    public Task<ReviewReceipt> Handle(ReviewOrder command, CancellationToken cancellationToken)
    {
        var id = Review.IdOf(command.OrderId);
        return lane.Run(
            streams => streams.Of<Order>(command.OrderId.Value).Of<Review>(id.Value).Of<ReviewSettings>(ReviewSettings.Stream).OfErasures(command.CustomerId)
                .Of<CustomerAccount>(command.AccountId is { } account ? [account.Value] : []),
            (log, now) =>
            {
                if (command.AccountId is { } writer)
                {
                    log.Get<CustomerAccount>(writer.Value).Open(); // whoever was erased at this moment leaves no words behind
                }

                var order = log.Get<Order>(command.OrderId.Value);
                log.RefuseErased(order.CustomerId, order.PlacedAt); // the link to the order still leads there
                log.Append<Review, ReviewEvent>(id.Value, Review.OfOrder(
                    log.Find<Review>(id.Value), order, command.AccountId, command.Ratings, command.Words, log.Reviewing(), now));
                return new ReviewReceipt(id, log.Get<Review>(id.Value).Status, VerifiedPurchase: true, log.Version(id.Value));
            },
            cancellationToken);
    }
}
