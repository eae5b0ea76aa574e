namespace Mainstreet.Domain.Loyalty;

public static class LoyaltyErrors
{
    /// <summary>Where an order and a quote say how many points are redeemed.</summary>
    private const string Redeemed = "/redeem_points";

    public static readonly DomainError PerUnitInvalid =
        new("points_per_unit_invalid", $"1 to {LoyaltyTerms.MaxPerUnit} points are earned per unit.", ErrorKind.Invalid) { Place = "/points_per_unit" };

    public static readonly DomainError ValueInvalid =
        new("point_value_invalid", "A point is worth 1 minor unit or more, in the business's currency.", ErrorKind.Invalid) { Place = "/point_value" };

    public static readonly DomainError MinimumInvalid =
        new("minimum_points_invalid", $"1 to {LoyaltyTerms.MaxPoints} points are redeemed at least.", ErrorKind.Invalid) { Place = "/minimum_points" };

    public static readonly DomainError ExpiryInvalid =
        new("expiry_invalid", $"Points expire after 1 to {LoyaltyTerms.MaxDays} days, or never.", ErrorKind.Invalid) { Place = "/expires_after_days" };

    public static readonly DomainError ReasonInvalid =
        new("reason_invalid", $"A reason has 1 to {LoyaltyAccount.MaxReason} characters.", ErrorKind.Invalid) { Place = "/reason" };

    public static readonly DomainError AdjustmentInvalid =
        new("points_invalid", $"1 to {LoyaltyTerms.MaxPoints} points are added or taken.", ErrorKind.Invalid) { Place = "/points" };

    /// <summary>At the checkout.</summary>
    public static readonly DomainError NotOffered = new("loyalty_not_offered", "Points cannot be redeemed here.") { Place = Redeemed };

    /// <summary>For staff.</summary>
    public static readonly DomainError NotRunning = new("loyalty_not_running", "The loyalty programme is not switched on.", ErrorKind.Conflict);

    public static readonly DomainError NoAccount =
        new("customer_not_registered", "Only customers with an account have points.", ErrorKind.Conflict);

    public static readonly DomainError SignInToRedeem = new("points_need_account", "Only customers who are signed in redeem points.") { Place = Redeemed };

    public static DomainError BelowMinimum(long minimum) =>
        new("points_below_minimum", $"{minimum} points are redeemed at least.", Details: DomainError.DetailsOf(("minimum", minimum))) { Place = Redeemed };

    public static DomainError NotEnough(long available) =>
        new("points_insufficient", "The customer does not have that many points.", Details: DomainError.DetailsOf(("available", available)));

    public static DomainError ExceedGoods(long most) =>
        new("points_exceed_goods", "The points are worth more than the goods cost.", Details: DomainError.DetailsOf(("most", most))) { Place = Redeemed };
}
