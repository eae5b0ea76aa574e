using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payouts;

public enum PayoutSchedule
{
    /// <summary>From Monday to Monday.</summary>
    Weekly,

    /// <summary>From the first of a month to the first of the next.</summary>
    Monthly,
}

/// <summary>What operators have agreed with one business, in its log (PAY-04, PAY-05). Until something is, the platform's own terms hold.</summary>
/// <param name="Rate">Null: the platform's.</param>
/// <param name="Schedule">From the next period on.</param>
/// <param name="AutoApprove">Nobody has to approve its payouts before they are processed.</param>
/// <param name="Destination">What the provider of transfers calls the business's account; null: none is known.</param>
public sealed record PayoutTerms(FeeRate? Rate, PayoutSchedule Schedule, bool AutoApprove, string? Destination) : IAggregate<PayoutTerms, PayoutTermsEvent>
{
    public static readonly PayoutTerms Default = new(null, PayoutSchedule.Weekly, AutoApprove: false, null);

    public static Guid Stream { get; } = Uuid.Named("payout_terms");

    /// <summary>Rejects <c>fee_rate_invalid</c> and <c>destination_invalid</c>.</summary>
    public PayoutTermsEvent[] Change(PayoutTerms terms, DateTimeOffset now)
    {
        terms.Rate?.Validate();
        Check.That(terms.Destination is null || Check.IsText(terms.Destination, 200), PayoutErrors.DestinationInvalid);
        return terms == this ? [] : [new PayoutTermsChanged(terms.Rate, terms.Schedule, terms.AutoApprove, terms.Destination, now)];
    }

    public static PayoutTerms Evolve(PayoutTerms? terms, PayoutTermsEvent e) => e switch
    {
        PayoutTermsChanged changed => new(changed.Rate, changed.Schedule, changed.AutoApprove, changed.Destination),
        _ => throw new InvalidOperationException($"{e.GetType().Name} means nothing for terms."),
    };
}

public abstract record PayoutTermsEvent : IEvent;

[EventType("payout_terms.changed.v1", Description = "Operators have agreed with the business on fees and payouts; a rate left out is the platform's.")]
public sealed record PayoutTermsChanged(FeeRate? Rate, PayoutSchedule Schedule, bool AutoApprove, string? Destination, DateTimeOffset At) : PayoutTermsEvent;

[JsonSerializable(typeof(PayoutTermsChanged))]
internal sealed partial class PayoutTermsJson : JsonSerializerContext;
