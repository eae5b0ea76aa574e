using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>What of a customer's points was not redeemed in time is gone; otherwise it does nothing.</summary>
[Message("loyalty.points_expire")]
public sealed record ExpirePoints(AccountId AccountId) : IRequest<Committed>;

internal sealed class ExpirePointsHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ExpirePoints, Committed>
{
    /// <summary>An account that was closed has no points that could expire.</summary>
    public async Task<Committed> Handle(ExpirePoints command, CancellationToken cancellationToken) =>
        await aggregates.Find<CustomerAccount, CustomerAccountEvent>(command.AccountId.Value, cancellationToken) is { State.Closed: false }
            ? await aggregates.Update<LoyaltyAccount, LoyaltyEvent>(
                LoyaltyAccount.StreamOf(command.AccountId), expectedVersion: null, account => account.Expire(clock.GetUtcNow()), cancellationToken)
            : new(0);
}
