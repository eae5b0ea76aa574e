namespace Mainstreet.Infrastructure.Providers;

/// <summary>The section <c>Twilio</c> of the configuration: with what SMS and WhatsApp are sent for businesses that have no account of their own connected.</summary>
internal sealed class TwilioOptions
{
    /// <summary>Of a provider with the interface of Twilio.</summary>
    public string BaseUrl { get; set; } = "https://api.twilio.com";

    public string? AccountSid { get; set; }

    public string? AuthToken { get; set; }

    /// <summary>The number that SMS come from, or a messaging service (MG...).</summary>
    public string? SmsFrom { get; set; }

    /// <summary>The number that WhatsApp messages come from, or a messaging service (MG...).</summary>
    public string? WhatsappFrom { get; set; }

    /// <summary>How long the provider may take for one message.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    public TwilioAccount? Account => AccountSid is { Length: > 0 } sid && AuthToken is { Length: > 0 } token ? new(sid, token, SmsFrom, WhatsappFrom) : null;

    public bool AreValid() =>
        Timeout > TimeSpan.Zero && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
        && (AccountSid is null || (Account is not null && (SmsFrom ?? WhatsappFrom) is { Length: > 0 }));
}

/// <summary>With what messages are sent.</summary>
internal sealed record TwilioAccount(string Sid, string Token, string? SmsFrom, string? WhatsappFrom)
{
    /// <summary>Without what opens it.</summary>
    public override string ToString() => $"Twilio account {Sid}";
}
