using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Loyalty;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>
/// Staff add points to a customer's, or take some. Errors: points_invalid, reason_invalid (400); not_found (404); customer_not_registered,
/// loyalty_not_running (409); stale_version (412); points_insufficient (422).
/// </summary>
/// <param name="Points">Below 0: they are taken.</param>
public sealed record AdjustPoints(CustomerId CustomerId, long Points, string Reason, int? ExpectedVersion) : IRequest<PointsReceipt>
{
    /// <summary>Without the reason, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(AdjustPoints)} {CustomerId}";
}

/// <param name="Balance">From now on.</param>
public sealed record PointsReceipt(long Balance, int Version) : Committed(Version);

internal sealed class AdjustPointsHandler(ILane lane, IReadStore reads) : IRequestHandler<AdjustPoints, PointsReceipt>
{
    public async Task<PointsReceipt> Handle(AdjustPoints command, CancellationToken cancellationToken)
    {
        var owner = await reads.AccountOf(command.CustomerId, cancellationToken) ?? throw new DomainException(LoyaltyErrors.NoAccount);
        var id = LoyaltyAccount.StreamOf(owner);
        return await lane.Run(
            streams => streams.Of<LoyaltyAccount>(id).Of<LoyaltyProgramme>(LoyaltyProgramme.Stream).Of<CustomerAccount>(owner.Value),
            (log, now) =>
            {
                log.Expect(id, command.ExpectedVersion);
                Check.That(!log.Get<CustomerAccount>(owner.Value).Closed, LoyaltyErrors.NoAccount);
                var programme = log.Find<LoyaltyProgramme>(LoyaltyProgramme.Stream);
                Check.That(programme is { Enabled: true }, LoyaltyErrors.NotRunning);
                var account = log.Find<LoyaltyAccount>(id) ?? LoyaltyAccount.Empty(owner, command.CustomerId);
                log.Append<LoyaltyAccount, LoyaltyEvent>(id, account.Adjust(command.Points, command.Reason, programme!.Terms, now));
                return new PointsReceipt(log.Get<LoyaltyAccount>(id).Balance, log.Version(id));
            },
            cancellationToken);
    }
}
