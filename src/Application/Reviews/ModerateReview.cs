using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>Errors: not_found (404), illegal_transition (409), stale_version (412).</summary>
public sealed record ApproveReview(ReviewId ReviewId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Also what was approved before. Errors: reason_invalid (400), not_found (404), illegal_transition, with a reason customer_erased (409), stale_version (412).</summary>
/// <param name="Reason">For the customer.</param>
public sealed record RejectReview(ReviewId ReviewId, string? Reason, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the reason, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(RejectReview)} {ReviewId}";
}

/// <summary>The one reply there is, in these words from now on. Errors: reply_invalid (400), not_found (404), illegal_transition, customer_erased (409), stale_version (412).</summary>
public sealed record ReplyToReview(ReviewId ReviewId, string Text, int? ExpectedVersion) : IRequest<Committed>
{
    /// <inheritdoc cref="RejectReview.ToString" />
    public override string ToString() => $"{nameof(ReplyToReview)} {ReviewId}";
}

internal sealed class ModerateReviewHandler(IAggregates aggregates, ILane lane, TimeProvider clock) :
    IRequestHandler<ApproveReview, Committed>, IRequestHandler<RejectReview, Committed>, IRequestHandler<ReplyToReview, Committed>
{
    public Task<Committed> Handle(ApproveReview command, CancellationToken cancellationToken) =>
        aggregates.Update<Review, ReviewEvent>(command.ReviewId.Value, command.ExpectedVersion, review => review.Approve(clock.GetUtcNow()), cancellationToken);

    public Task<Committed> Handle(RejectReview command, CancellationToken cancellationToken) => command.Reason is null
        ? aggregates.Update<Review, ReviewEvent>(command.ReviewId.Value, command.ExpectedVersion, review => review.Reject(null, clock.GetUtcNow()), cancellationToken)
        : Say(command.ReviewId, command.ExpectedVersion, (review, now) => review.Reject(command.Reason, now), cancellationToken);

    public Task<Committed> Handle(ReplyToReview command, CancellationToken cancellationToken) =>
        Say(command.ReviewId, command.ExpectedVersion, (review, now) => review.Respond(command.Text, now), cancellationToken);

    /// <summary>Words for a customer, in the lane: who is erased at this moment gets none.</summary>
    private async Task<Committed> Say(ReviewId id, int? version, Func<Review, DateTimeOffset, ReviewEvent[]> decide, CancellationToken cancellationToken)
    {
        var known = await aggregates.Find<Review, ReviewEvent>(id.Value, cancellationToken) ?? throw new DomainException(DomainError.NotFound("review"));
        return await lane.Run(
            streams => streams.Of<Review>(id.Value).OfErasures(known.State.CustomerId),
            (log, now) =>
            {
                log.Expect(id.Value, version);
                var review = log.Get<Review>(id.Value);
                log.RefuseErased(review.CustomerId, review.SubmittedAt);
                log.Append<Review, ReviewEvent>(id.Value, decide(review, now));
                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }
}
