using Mainstreet.Domain.Notifications;

namespace Mainstreet.Domain.Customers;

/// <summary>What a customer may agree to.</summary>
public enum ConsentPurpose
{
    /// <summary>To be written to about what the business offers, and not about an order.</summary>
    Marketing,
}

/// <summary>Who said so.</summary>
public enum ConsentSource
{
    /// <summary>The customer, signed in.</summary>
    Profile,

    /// <summary>Somebody of the business, on the customer's word.</summary>
    Staff,
}

/// <summary>What a customer agrees to be written to about, and on which channel (CUS-05). Nobody does who has not said so.</summary>
/// <param name="Given">False: it was withdrawn.</param>
/// <param name="Wording">Which text was agreed to, as the business names it. Null: not said.</param>
public sealed record Consent(ConsentPurpose Purpose, NotificationChannel Channel, bool Given, string? Wording)
{
    public const int MaxWording = 100;
    public const int MaxNote = 200;

    /// <summary>All that can be agreed to.</summary>
    public static IReadOnlyList<(ConsentPurpose Purpose, NotificationChannel Channel)> All { get; } =
        [.. from purpose in Enum.GetValues<ConsentPurpose>() from channel in Enum.GetValues<NotificationChannel>() select (purpose, channel)];

    public bool NeedsPhone => Channel is NotificationChannel.Sms or NotificationChannel.Whatsapp;

    public bool IsAbout(ConsentPurpose purpose, NotificationChannel channel) => (Purpose, Channel) == (purpose, channel);

    /// <summary>Errors: consents_invalid, wording_invalid, consent_note_invalid (400).</summary>
    public static void Check(IReadOnlyList<Consent> choices, ConsentSource source, string? note)
    {
        Domain.Check.That(choices.DistinctBy(choice => (choice.Purpose, choice.Channel)).Count() == choices.Count, CustomerErrors.ConsentsInvalid);
        Domain.Check.That(choices.All(choice => choice.Wording is null || Domain.Check.IsText(choice.Wording, MaxWording)), CustomerErrors.WordingInvalid);
        Domain.Check.That(source is not ConsentSource.Staff || Domain.Check.IsText(note, MaxNote), CustomerErrors.ConsentNoteInvalid);
    }
}
