using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>Errors: not_found (404), illegal_transition (409), stale_version (412).</summary>
public sealed record ApproveReview(ReviewId ReviewId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Also what was approved before. Errors: reason_invalid (400), not_found (404), illegal_transition (409), stale_version (412).</summary>
/// <param name="Reason">For the customer.</param>
public sealed record RejectReview(ReviewId ReviewId, string? Reason, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the reason, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(RejectReview)} {ReviewId}";
}

/// <summary>The one reply there is, in these words from now on. Errors: reply_invalid (400), not_found (404), illegal_transition (409), stale_version (412).</summary>
public sealed record ReplyToReview(ReviewId ReviewId, string Text, int? ExpectedVersion) : IRequest<Committed>
{
    /// <inheritdoc cref="RejectReview.ToString" />
    public override string ToString() => $"{nameof(ReplyToReview)} {ReviewId}";
}

internal sealed class ModerateReviewHandler(IAggregates aggregates, TimeProvider clock) :
    IRequestHandler<ApproveReview, Committed>, IRequestHandler<RejectReview, Committed>, IRequestHandler<ReplyToReview, Committed>
{
    public Task<Committed> Handle(ApproveReview command, CancellationToken cancellationToken) =>
        Update(command.ReviewId, command.ExpectedVersion, review => review.Approve(clock.GetUtcNow()), cancellationToken);

    public Task<Committed> Handle(RejectReview command, CancellationToken cancellationToken) =>
        Update(command.ReviewId, command.ExpectedVersion, review => review.Reject(command.Reason, clock.GetUtcNow()), cancellationToken);

    public Task<Committed> Handle(ReplyToReview command, CancellationToken cancellationToken) =>
        Update(command.ReviewId, command.ExpectedVersion, review => review.Respond(command.Text, clock.GetUtcNow()), cancellationToken);

    private Task<Committed> Update(ReviewId id, int? version, Func<Review, ReviewEvent[]> decide, CancellationToken cancellationToken) =>
        aggregates.Update(id.Value, version, decide, cancellationToken);
}
