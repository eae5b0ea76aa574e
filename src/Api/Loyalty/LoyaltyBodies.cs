using Mainstreet.Application.Loyalty;
using Mainstreet.Domain;
using Mainstreet.Domain.Loyalty;

namespace Mainstreet.Api.Loyalty;

/// <summary>The programme as it is from now on. What is left out is as a programme begins: a point never expires, and one is enough to redeem.</summary>
/// <param name="PointsPerUnit">For each whole unit of the currency that is paid.</param>
/// <param name="PointValue">What a point takes off an order, in the business's currency.</param>
/// <param name="MinimumPoints">So many are redeemed at least.</param>
/// <param name="ExpiresAfterDays">After they were earned; left out: never.</param>
internal sealed record SetLoyaltyProgrammeRequest(bool Enabled, int PointsPerUnit, Money PointValue, long MinimumPoints = 1, int? ExpiresAfterDays = null)
{
    public SetLoyaltyProgramme ToCommand(int? expectedVersion) => new(Enabled, new(PointsPerUnit, PointValue, MinimumPoints, ExpiresAfterDays), expectedVersion);
}

/// <param name="EnabledSince">What is bought from then on earns points. Missing while the programme is off.</param>
internal sealed record LoyaltyProgrammeBody(
    bool Enabled, int PointsPerUnit, Money PointValue, long MinimumPoints, int? ExpiresAfterDays, DateTimeOffset? EnabledSince)
{
    public static LoyaltyProgrammeBody Of(LoyaltyProgramme programme) => new(
        programme.Enabled, programme.Terms.PointsPerUnit, programme.Terms.PointValue, programme.Terms.MinimumPoints, programme.Terms.ExpiresAfterDays, programme.Since);
}

/// <param name="Balance">Below 0 where points were redeemed that were taken back later, with the money that they were earned for.</param>
/// <param name="Available">What can be redeemed now, if the programme is on.</param>
/// <param name="Expiring">What of the balance expires and when, the first at first.</param>
internal sealed record CustomerLoyaltyBody(long Balance, long Available, ExpiringPointsBody[] Expiring, LoyaltyProgrammeBody Programme)
{
    public static CustomerLoyaltyBody Of(CustomerLoyalty loyalty) => new(
        loyalty.Balance, loyalty.Available, [.. loyalty.Lots.Where(lot => lot.ExpiresAt is not null).Select(lot => new ExpiringPointsBody(lot.Points, lot.ExpiresAt!.Value))],
        LoyaltyProgrammeBody.Of(loyalty.Programme));
}

internal sealed record ExpiringPointsBody(long Points, DateTimeOffset ExpiresAt);

/// <param name="Points">What the balance changed by.</param>
/// <param name="OrderId">For which they were earned or redeemed.</param>
/// <param name="SaleId">At a till, for which they were earned.</param>
/// <param name="Saved">What redeemed points took off.</param>
/// <param name="Reason">Of an adjustment.</param>
internal sealed record LoyaltyEntryBody(
    LoyaltyEntryKind Kind, long Points, Guid? OrderId, Guid? SaleId, Money? Saved, string? Reason, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt)
{
    public static LoyaltyEntryBody Of(LoyaltyEntryView entry) =>
        new(entry.Kind, entry.Points, entry.OrderId?.Value, entry.SaleId?.Value, entry.Saved, entry.Reason, entry.ExpiresAt, entry.At);
}

/// <param name="Points">To add; below 0: to take, at most what the customer can redeem.</param>
/// <param name="Reason">1 to 500 characters. The customer sees it.</param>
internal sealed record AdjustPointsRequest(long Points, string Reason);

internal sealed record AdjustedPointsBody(long Balance);
