using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Privacy;

/// <summary>
/// What stands against erasing a customer (SEC-04, article 17 (3) of the GDPR), such as a dispute in court: none -> held -> lifted, or over when its time has come.
/// Whoever is held again has the last reason and the last end.
/// </summary>
/// <param name="Held">False: it was lifted.</param>
/// <param name="Until">Null: until it is lifted.</param>
public sealed record LegalHold(CustomerId CustomerId, bool Held, string Reason, DateTimeOffset? Until) : IAggregate<LegalHold, LegalHoldEvent>
{
    public const int MaxReason = 500;

    public static Guid StreamOf(CustomerId customer) => Uuid.Named("legal_hold", customer.ToString());

    public bool Stands(DateTimeOffset now) => Held && !(Until <= now);

    /// <summary>The same again records nothing. Errors: reason_invalid, until_invalid (400).</summary>
    /// <param name="present">Null: there has never been one.</param>
    public static LegalHoldEvent[] Place(LegalHold? present, CustomerId customer, string reason, DateTimeOffset? until, DateTimeOffset now)
    {
        Check.That(Check.IsText(reason, MaxReason), PrivacyErrors.HoldReasonInvalid);
        Check.That(!(until <= now), PrivacyErrors.HoldUntilInvalid);
        return present?.Stands(now) == true && (reason, until) == (present.Reason, present.Until) ? [] : [new LegalHoldPlaced(customer, reason, until, now)];
    }

    /// <summary>Also one whose time has come: nobody reads its reason any more.</summary>
    public LegalHoldEvent[] Lift(DateTimeOffset now) => Held ? [new LegalHoldLifted(CustomerId, now)] : [];

    /// <summary>What stands against erasing the other entry of one person stands against erasing the person, with both reasons and until the later end.</summary>
    public static LegalHoldEvent[] TakeOver(LegalHold? present, CustomerId customer, LegalHold? other, DateTimeOffset now) => (present?.Stands(now), other?.Stands(now)) switch
    {
        (_, not true) => [],
        (true, _) => [new LegalHoldPlaced(customer, $"{present!.Reason}\n{other!.Reason}", present.Until > other.Until ? present.Until : present.Until is null ? null : other.Until, now)],
        _ => [new LegalHoldPlaced(customer, other!.Reason, other.Until, now)],
    };

    public static LegalHold Evolve(LegalHold? hold, LegalHoldEvent e) => (hold, e) switch
    {
        (_, LegalHoldPlaced placed) => new(placed.CustomerId, true, placed.Reason, placed.Until),
        ({ }, LegalHoldLifted) => hold with { Held = false },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a legal hold."),
    };

    /// <summary>Without the reason, because states end up in logs.</summary>
    public override string ToString() => $"Legal hold of customer {CustomerId}";
}

public abstract record LegalHoldEvent : IEvent;

/// <param name="Until">Null: until it is lifted.</param>
[EventType("customer.legal_hold_placed.v1", Internal = true)]
public sealed record LegalHoldPlaced([property: DataSubject] CustomerId CustomerId, [property: PersonalData] string Reason, DateTimeOffset? Until, DateTimeOffset At) : LegalHoldEvent;

[EventType("customer.legal_hold_lifted.v1", Internal = true)]
public sealed record LegalHoldLifted(CustomerId CustomerId, DateTimeOffset At) : LegalHoldEvent;

[JsonSerializable(typeof(LegalHoldPlaced))]
[JsonSerializable(typeof(LegalHoldLifted))]
internal sealed partial class LegalHoldJson : JsonSerializerContext;
