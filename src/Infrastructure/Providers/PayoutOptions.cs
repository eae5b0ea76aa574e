using Mainstreet.Application.Payouts;
using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>The section <c>Payouts</c> of the configuration: what the platform charges where nothing else was agreed, and how it pays.</summary>
internal sealed class PayoutOptions
{
    /// <summary>manual: people make the transfers. stripe: Stripe does, from the platform's account.</summary>
    public string Provider { get; set; } = ManualTransfers.Provider;

    /// <summary>The secret key of the platform's own account at Stripe.</summary>
    public string? StripeKey { get; set; }

    /// <summary>Hundredths of a percent of every transaction.</summary>
    public int FeeBasisPoints { get; set; }

    /// <summary>And that, in minor units by currency.</summary>
    public Dictionary<string, long> FeeFixed { get; set; } = new(StringComparer.Ordinal);

    public FeeRate Rate => new(FeeBasisPoints, [.. FeeFixed.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => new Money(part.Value, part.Key))]);

    /// <summary>Whether a start makes sense with them.</summary>
    public bool AreValid() => FeeBasisPoints is >= 0 and <= 10_000 && FeeFixed.All(part => Currencies.IsKnown(part.Key) && part.Value is >= 0 and <= Money.MaxAmount)
        && (Provider == ManualTransfers.Provider || (Provider == StripeTransfers.Provider && !string.IsNullOrWhiteSpace(StripeKey)));
}

/// <inheritdoc />
internal sealed class ConfiguredFees(IOptions<PayoutOptions> options) : IPlatformFees
{
    public FeeRate Default { get; } = options.Value.Rate;
}
