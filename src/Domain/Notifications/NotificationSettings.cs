using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Notifications;

/// <summary>On which channels a business tells its customers what (TEN-05, ORD-10).</summary>
/// <param name="Rules">What is not as it usually is.</param>
/// <param name="TrackingUrl">
/// The page on which a customer follows an order, with {order_id} and {token} in it; null: the storefront's own.
/// </param>
/// <param name="CallingCode">Of telephone numbers that are written without one, such as 972; null: those cannot be reached.</param>
public sealed record NotificationSettings(NotificationRule[] Rules, string? CallingCode = null, string? TrackingUrl = null) : IAggregate<NotificationSettings, NotificationSettingsEvent>
{
    public const string OrderPlace = "{order_id}";
    public const string TokenPlace = "{token}";

    public static readonly NotificationSettings Default = new([]);

    public static Guid StreamOf(TenantId business) => Uuid.Named("notification_settings", business.ToString());

    /// <summary>Errors: notification_unknown, calling_code_invalid, tracking_url_invalid, whatsapp_content_invalid (400).</summary>
    public static NotificationSettingsEvent[] Change(NotificationSettings? present, NotificationRule[] rules, string? callingCode, string? trackingUrl, DateTimeOffset now)
    {
        Check.That(callingCode is null || (callingCode.Length is >= 1 and <= 3 && callingCode.All(char.IsAsciiDigit) && callingCode[0] != '0'), NotificationErrors.CallingCodeInvalid);
        Check.That(
            trackingUrl is null || (Check.IsAbsoluteWebAddress(trackingUrl) && trackingUrl.Contains(OrderPlace, StringComparison.Ordinal) && trackingUrl.Contains(TokenPlace, StringComparison.Ordinal)),
            NotificationErrors.TrackingUrlInvalid);
        foreach (var rule in rules)
        {
            Check.That(NotificationKind.IsKnown(rule.Kind) && rules.Count(other => other.Kind == rule.Kind) == 1, NotificationErrors.KindUnknown(rule.Kind));
            Check.That(rule.WhatsappContent is null || IsContent(rule.WhatsappContent), NotificationErrors.ContentInvalid(rule.Kind));
        }

        NotificationRule[] sorted = [.. rules.OrderBy(rule => rule.Kind, StringComparer.Ordinal).Select(rule => rule with { Channels = rule.Channels is null ? null : [.. rule.Channels.Distinct().Order()] })];
        var before = present ?? Default;
        return (before.CallingCode, before.TrackingUrl) == (callingCode, trackingUrl) && before.Rules.Length == sorted.Length && before.Rules.Zip(sorted).All(pair => pair.First.SameAs(pair.Second))
            ? []
            : [new NotificationSettingsChanged(sorted, callingCode, trackingUrl, now)];
    }

    public NotificationRule Rule(string kind) => Array.Find(Rules, rule => rule.Kind == kind) ?? new(kind, null);

    /// <summary>
    /// On which channels a customer is told. Without a rule that is e-mail, or where that does not reach them SMS, and besides push on devices that asked for it.
    /// </summary>
    /// <param name="kind">A <see cref="NotificationKind"/>.</param>
    /// <param name="reaches">Whether a channel reaches the customer, who wants it.</param>
    public NotificationChannel[] ChannelsFor(string kind, Func<NotificationChannel, bool> reaches)
    {
        var asked = Rule(kind).Channels ?? [reaches(NotificationChannel.Email) ? NotificationChannel.Email : NotificationChannel.Sms, NotificationChannel.Push];
        return [.. asked.Where(reaches)];
    }

    /// <summary>A number as E.164 has it; null: nobody can say which country it is of.</summary>
    public string? International(string? phone)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        var number = (phone ?? "").TrimStart().StartsWith('+') ? digits
            : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..]
            : CallingCode is { } code && digits.StartsWith('0') ? code + digits[1..]
            : CallingCode is { } own ? own + digits
            : "";
        return number.Length is >= 7 and <= 15 && number[0] != '0' ? "+" + number : null;
    }

    public static NotificationSettings Evolve(NotificationSettings? settings, NotificationSettingsEvent e) => e switch
    {
        NotificationSettingsChanged changed => new(changed.Rules, changed.CallingCode, changed.TrackingUrl),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of these settings."),
    };

    private static bool IsContent(string sid) => sid.Length == 34 && sid.StartsWith("HX", StringComparison.Ordinal) && sid.Skip(2).All(char.IsAsciiHexDigit);
}

/// <param name="Channels">None: customers are not told. Null: as usual.</param>
/// <param name="WhatsappContent">
/// The template that WhatsApp has approved, by the provider's name: outside of a conversation nothing else is let through. It is given the values of the
/// kind's placeholders by their names.
/// </param>
public sealed record NotificationRule(string Kind, NotificationChannel[]? Channels, string? WhatsappContent = null)
{
    internal bool SameAs(NotificationRule other) => (Kind, WhatsappContent, Channels is null) == (other.Kind, other.WhatsappContent, other.Channels is null)
        && (Channels ?? []).SequenceEqual(other.Channels ?? []);
}

public abstract record NotificationSettingsEvent : IEvent;

[EventType("notification_settings.changed.v1", Internal = true)]
public sealed record NotificationSettingsChanged(NotificationRule[] Rules, string? CallingCode, string? TrackingUrl, DateTimeOffset At) : NotificationSettingsEvent;

[JsonSerializable(typeof(NotificationSettingsChanged))]
internal sealed partial class NotificationSettingsJson : JsonSerializerContext;
