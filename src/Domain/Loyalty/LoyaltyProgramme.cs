namespace Mainstreet.Domain.Loyalty;

/// <summary>What points are earned for and worth (CUS-06). An order keeps what its points were worth, and what it earned them by.</summary>
/// <param name="PointsPerUnit">For each whole unit of the currency that is paid.</param>
/// <param name="PointValue">What a point takes off.</param>
/// <param name="MinimumPoints">So many are redeemed at least.</param>
/// <param name="ExpiresAfterDays">After they were earned; null: never.</param>
public sealed record LoyaltyTerms(int PointsPerUnit, Money PointValue, long MinimumPoints, int? ExpiresAfterDays)
{
    public const int MaxPerUnit = 1_000;
    public const int MaxDays = 3_650;
    public const long MaxPoints = 1_000_000_000;

    /// <summary>What a business begins with: a point per unit, worth a minor unit, for ever.</summary>
    public static LoyaltyTerms Default(string currency) => new(1, new(1, currency), 1, null);

    public DateTimeOffset? ExpiryOf(DateTimeOffset now) => ExpiresAfterDays is { } days ? now.AddDays(days) : null;

    /// <summary>Points are earned for whole units: what is left of one earns none.</summary>
    public static long PointsFor(Money paid, int perUnit) =>
        Math.Max(0, paid.Amount) / Currencies.FromMajorUnits(1, paid.Currency)!.Value.Amount * perUnit;

    /// <param name="currency">The business's.</param>
    internal void Validate(string currency)
    {
        Check.That(PointsPerUnit is >= 1 and <= MaxPerUnit, LoyaltyErrors.PerUnitInvalid);
        Check.That(PointValue.Amount is >= 1 and <= 1_000_000 && string.Equals(PointValue.Currency, currency, StringComparison.Ordinal), LoyaltyErrors.ValueInvalid);
        Check.That(MinimumPoints is >= 1 and <= MaxPoints, LoyaltyErrors.MinimumInvalid);
        Check.That(ExpiresAfterDays is not (< 1 or > MaxDays), LoyaltyErrors.ExpiryInvalid);
    }
}

/// <summary>A business's loyalty programme, on or off. There is one at most.</summary>
/// <param name="Since">When it was switched on last; null while it is off.</param>
public sealed record LoyaltyProgramme(LoyaltyTerms Terms, DateTimeOffset? Since) : IAggregate<LoyaltyProgramme, LoyaltyProgrammeEvent>
{
    public static readonly Guid Stream = Uuid.Named("loyalty_programme");

    public bool Enabled => Since is not null;

    /// <summary>
    /// Only what was bought while it runs earns points: switching it on rewards nothing of the past, and an order that came while it was off is not
    /// rewarded by switching it on before the order is done.
    /// </summary>
    public bool Rewards(DateTimeOffset boughtAt) => Since <= boughtAt;

    /// <param name="present">Null: there has never been one.</param>
    /// <param name="currency">The business's.</param>
    public static LoyaltyProgrammeEvent[] Set(LoyaltyProgramme? present, bool enabled, LoyaltyTerms terms, string currency, DateTimeOffset now)
    {
        terms.Validate(currency);
        return enabled == present?.Enabled && terms == present.Terms ? [] : [new LoyaltyProgrammeChanged(enabled, terms, now)];
    }

    public static LoyaltyProgramme Evolve(LoyaltyProgramme? state, LoyaltyProgrammeEvent e) => e switch
    {
        LoyaltyProgrammeChanged changed => new(changed.Terms, changed.Enabled ? state?.Since ?? changed.At : null),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is none of a loyalty programme's."),
    };
}
