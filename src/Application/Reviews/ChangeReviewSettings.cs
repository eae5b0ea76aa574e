using Mainstreet.Domain;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Application.Reviews;

/// <summary>How the business treats its reviews; one that has set nothing approves each by hand.</summary>
public sealed record GetReviewSettings : IRequest<Loaded<ReviewSettings>>;

/// <summary>From now on (C34); reviews that wait go on waiting. Errors: stale_version (412).</summary>
public sealed record ChangeReviewSettings(ReviewModeration Moderation, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class ReviewSettingsHandler(IAggregates aggregates, ILane lane) :
    IRequestHandler<GetReviewSettings, Loaded<ReviewSettings>>, IRequestHandler<ChangeReviewSettings, Committed>
{
    public async Task<Loaded<ReviewSettings>> Handle(GetReviewSettings query, CancellationToken cancellationToken) =>
        await aggregates.Find<ReviewSettings, ReviewSettingsEvent>(ReviewSettings.Stream, cancellationToken) ?? new(ReviewSettings.Default, 0);

    public Task<Committed> Handle(ChangeReviewSettings command, CancellationToken cancellationToken) => lane.Change<ReviewSettings, ReviewSettingsEvent>(
        ReviewSettings.Stream, command.ExpectedVersion, (known, now) => ReviewSettings.Change(known, command.Moderation, now), cancellationToken);
}
