using Mainstreet.Application.Customers;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>Points as a customer has them at a moment.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Account">Null: there have never been any.</param>
internal sealed record CheckoutPoints(AccountId AccountId, LoyaltyAccount? Account, LoyaltyProgramme? Programme)
{
    /// <summary>Errors: loyalty_not_offered, and those of <see cref="LoyaltyAccount.WorthOf"/> (422).</summary>
    public AppliedPoints Redeem(long points, Money goods, DateTimeOffset now)
    {
        // a business that has come to another currency has to say what points are worth in it
        Check.That(Programme is { Enabled: true } && Programme.Terms.PointValue.Currency == goods.Currency, LoyaltyErrors.NotOffered);
        var account = Account ?? LoyaltyAccount.Empty(AccountId, default);
        return new(AccountId, points, account.WorthOf(points, Programme!.Terms, goods, now));
    }
}

/// <summary>That a basket redeems points, as it is known before the lane is taken. How many there are is decided in the lane: so none is spent twice.</summary>
internal sealed record NamedPoints(AccountId Account)
{
    /// <summary>Null without points. Errors: points_need_account, loyalty_not_offered (422).</summary>
    public static async Task<NamedPoints?> Find(IFeatures features, ITenantContext tenant, long? points, CancellationToken cancellationToken)
    {
        if (points is null)
        {
            return null;
        }

        var account = tenant.Customer() ?? throw new DomainException(LoyaltyErrors.SignInToRedeem);
        Check.That(await features.Has(tenant.Tenant, PlanFeature.Loyalty, subject: null, cancellationToken), LoyaltyErrors.NotOffered);
        return new(account);
    }

    public CheckoutPoints In(ILaneLog log) =>
        new(Account, log.Find<LoyaltyAccount>(LoyaltyAccount.StreamOf(Account)), log.Find<LoyaltyProgramme>(LoyaltyProgramme.Stream));

    /// <summary>As it is shown, where nothing is decided.</summary>
    public async Task<CheckoutPoints> In(IAggregates aggregates, CancellationToken cancellationToken) => new(
        Account,
        (await aggregates.Find<LoyaltyAccount, LoyaltyEvent>(LoyaltyAccount.StreamOf(Account), cancellationToken))?.State,
        (await aggregates.Find<LoyaltyProgramme, LoyaltyProgrammeEvent>(LoyaltyProgramme.Stream, cancellationToken))?.State);
}
