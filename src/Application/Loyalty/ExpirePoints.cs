using Mainstreet.Domain;
using Mainstreet.Domain.Loyalty;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>What of a customer's points was not redeemed in time is gone; otherwise it does nothing.</summary>
[Message("loyalty.points_expire")]
public sealed record ExpirePoints(AccountId AccountId) : IRequest<Committed>;

internal sealed class ExpirePointsHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ExpirePoints, Committed>
{
    public Task<Committed> Handle(ExpirePoints command, CancellationToken cancellationToken) => aggregates.Update<LoyaltyAccount, LoyaltyEvent>(
        LoyaltyAccount.StreamOf(command.AccountId), expectedVersion: null, account => account.Expire(clock.GetUtcNow()), cancellationToken);
}
