using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>What a customer has reviewed, the newest first. Errors: not_found (404).</summary>
public sealed record ListMyReviews(AccountId AccountId, PageRequest Page) : IRequest<Page<ReviewView>>;

/// <summary>Errors: not_found (404), also for somebody else's.</summary>
public sealed record GetMyReview(AccountId AccountId, ReviewId ReviewId) : IRequest<ReviewView>;

/// <summary>Nobody else sees its words from now on, and another one can be written. Errors: not_found (404), also for somebody else's; stale_version (412).</summary>
public sealed record WithdrawReview(AccountId AccountId, ReviewId ReviewId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>The review of an order that the caller may see; null where there is none.</summary>
/// <param name="OfGuests">By the order's token, which is passed on: only what was written with it, until it is withdrawn.</param>
public sealed record FindOrderReview(OrderId OrderId, bool OfGuests) : IRequest<ReviewView?>;

/// <summary>Which reviews are a customer's: those written in the account, and those of orders that are the customer's.</summary>
internal static class ReviewsOfCustomer
{
    public static readonly string From =
        $"from rm.reviews r where (r.account_id = @account or (@verified and r.customer_id = {SamePerson.Members("@customer_id")}) or r.order_id in (select o.order_id {OrdersOfCustomer.From}))";

    public static Task<IReadOnlyList<ReviewView>> All(IReadStore reads, CustomerAccount account, CancellationToken cancellationToken) => reads.List<ReviewView>(
        $"select r.* {From} order by r.submitted_at desc, r.review_id desc",
        new { account.CustomerId, Account = account.Id, Verified = account.EmailVerified, Erasure = OrdersOfCustomer.Erasure(account) }, cancellationToken);
}

internal sealed class MyReviewsHandler(IMediator mediator, IReadStore reads, IAggregates aggregates, TimeProvider clock) :
    IRequestHandler<ListMyReviews, Page<ReviewView>>, IRequestHandler<GetMyReview, ReviewView>, IRequestHandler<WithdrawReview, Committed>,
    IRequestHandler<FindOrderReview, ReviewView?>
{
    private const string List = "my reviews";

    public async Task<Page<ReviewView>> Handle(ListMyReviews query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        var after = query.Page.After(List);
        var rows = await reads.List<ReviewView>(
            $"""
            select r.* {ReviewsOfCustomer.From}
               {(after is null ? "" : "and (r.submitted_at, r.review_id) < (@submitted_at, @review_id)")}
             order by r.submitted_at desc, r.review_id desc limit @rows
            """,
            new
            {
                account.CustomerId,
                Account = account.Id,
                Verified = account.EmailVerified,
                Erasure = OrdersOfCustomer.Erasure(account),
                query.Page.Rows,
                SubmittedAt = after?.Time(0),
                ReviewId = after?.Id(1),
            },
            cancellationToken);
        return query.Page.Cut(rows, List, review => [review.SubmittedAt, review.ReviewId]);
    }

    public async Task<ReviewView> Handle(GetMyReview query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        return await reads.Find<ReviewView>(
            $"select r.* {ReviewsOfCustomer.From} and r.review_id = @review_id",
            new { account.CustomerId, Account = account.Id, Verified = account.EmailVerified, Erasure = OrdersOfCustomer.Erasure(account), query.ReviewId },
            cancellationToken) ?? throw new DomainException(DomainError.NotFound("review"));
    }

    public async Task<Committed> Handle(WithdrawReview command, CancellationToken cancellationToken)
    {
        var mine = await mediator.Send(new GetMyReview(command.AccountId, command.ReviewId), cancellationToken);
        return await aggregates.Update<Review, ReviewEvent>(
            mine.ReviewId.Value, command.ExpectedVersion, review => review.Withdraw(clock.GetUtcNow()), cancellationToken);
    }

    public Task<ReviewView?> Handle(FindOrderReview query, CancellationToken cancellationToken) =>
        reads.Find<ReviewView>(
            $"select * from rm.reviews where order_id = @order_id {(query.OfGuests ? "and account_id is null and status <> 'withdrawn'" : "")}", new { query.OrderId }, cancellationToken);
}
