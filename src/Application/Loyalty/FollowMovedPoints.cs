using Mainstreet.Domain;
using Mainstreet.Domain.Loyalty;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>Points that come back to an account whose points went to another one follow them; otherwise it does nothing.</summary>
[Message("loyalty.follow_moved_points")]
public sealed record FollowMovedPoints(AccountId AccountId) : IRequest<Committed>;

/// <summary>An order that was paid with points of an account that is merged gives them back there: it names the account.</summary>
internal sealed class MovedPoints : Policy
{
    public MovedPoints() : base("moved_points")
    {
        On<PointsReversed>(e => e.What is ReversedPoints.Redeemed ? Schedule(new FollowMovedPoints(e.AccountId), e.At) : null);
        On<PointsTakenOver>(e => Schedule(new FollowMovedPoints(e.AccountId), e.At));
    }
}

internal sealed class FollowMovedPointsHandler(ILane lane, IAggregates aggregates) : IRequestHandler<FollowMovedPoints, Committed>
{
    public async Task<Committed> Handle(FollowMovedPoints command, CancellationToken cancellationToken)
    {
        var id = LoyaltyAccount.StreamOf(command.AccountId);
        var found = await aggregates.Find<LoyaltyAccount, LoyaltyEvent>(id, cancellationToken);
        if (found is not { State.MovedTo: { } owner })
        {
            return new(0);
        }

        var there = LoyaltyAccount.StreamOf(owner);
        return await lane.Run(
            streams => streams.Of<LoyaltyAccount>(id, there),
            (log, now) =>
            {
                log.MovePoints(log.Get<LoyaltyAccount>(id), log.Get<LoyaltyAccount>(there), now);
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}

internal static class PointMoves
{
    /// <summary>All points of one account go to the other, in one commit, and expire there when they would have.</summary>
    public static void MovePoints(this ILaneLog log, LoyaltyAccount from, LoyaltyAccount to, DateTimeOffset now)
    {
        if (from.MoveTo(to, now) is not var (here, there))
        {
            return;
        }

        log.Append<LoyaltyAccount, LoyaltyEvent>(LoyaltyAccount.StreamOf(from.AccountId), here);
        log.Append<LoyaltyAccount, LoyaltyEvent>(LoyaltyAccount.StreamOf(to.AccountId), there);
        foreach (var expires in there.Lots.Select(lot => lot.ExpiresAt).OfType<DateTimeOffset>())
        {
            log.Schedule(new ExpirePoints(to.AccountId), expires);
        }
    }
}
