using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>
/// What a customer with an account says of a product, once (CAT-05). Whether they have got it the orders say that are theirs. Errors: rating_invalid, text_invalid,
/// author_invalid (400); not_found (404), also for a product that is not published; already_reviewed (409).
/// </summary>
public sealed record ReviewProduct(AccountId AccountId, ProductId ProductId, int Rating, ReviewWords Words) : IRequest<ReviewReceipt>;

public sealed record ReviewReceipt(ReviewId ReviewId, ReviewStatus Status, bool VerifiedPurchase, int Version) : Committed(Version);

internal sealed class ReviewProductHandler(ILane lane, IMediator mediator, IReadStore reads) : IRequestHandler<ReviewProduct, ReviewReceipt>
{
    public async Task<ReviewReceipt> Handle(ReviewProduct command, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(command.AccountId), cancellationToken)).State;
        var verified = await HasGot(account, command.ProductId, cancellationToken);
        var id = Review.IdOf(command.ProductId, command.AccountId);
        return await lane.Run(
            streams => streams.Of<CustomerAccount>(command.AccountId.Value).Of<Product>(command.ProductId.Value).Of<Review>(id.Value).Of<ReviewSettings>(ReviewSettings.Stream),
            (log, now) =>
            {
                var customer = log.Get<CustomerAccount>(command.AccountId.Value).Open().CustomerId;
                var product = log.Get<Product>(command.ProductId.Value);
                log.Append<Review, ReviewEvent>(id.Value, Review.OfProduct(
                    log.Find<Review>(id.Value), command.ProductId, command.AccountId, customer, command.Rating, command.Words, verified, log.Reviewing(), now)); // who has said something already is told so, wherever the product is now
                Check.That(product.Status is ProductStatus.Published, DomainError.NotFound("product"));
                return new ReviewReceipt(id, log.Get<Review>(id.Value).Status, verified, log.Version(id.Value));
            },
            cancellationToken);
    }

    private async Task<bool> HasGot(CustomerAccount account, ProductId product, CancellationToken cancellationToken) =>
        await reads.List<Guid>(
            $"""
            select o.order_id {OrdersOfCustomer.From}
               and o.status in ('delivered', 'completed') and exists (select from jsonb_array_elements(o.lines) as l (line) where l.line->>'product_id' = @product) limit 1
            """,
            new { account.CustomerId, Account = account.Id, Verified = account.EmailVerified, Erasure = OrdersOfCustomer.Erasure(account), Product = product.ToString() },
            cancellationToken) is not [];
}

internal static class ReviewLane
{
    /// <summary>How reviews are treated, of the stream that the decision has named.</summary>
    public static ReviewSettings Reviewing(this ILaneLog log) => log.Find<ReviewSettings>(ReviewSettings.Stream) ?? ReviewSettings.Default;
}
