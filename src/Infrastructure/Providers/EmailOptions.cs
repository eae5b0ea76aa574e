namespace Mainstreet.Infrastructure.Providers;

/// <summary>The section <c>Email</c> of the configuration.</summary>
internal sealed class EmailOptions
{
    /// <summary>Of a provider with the interface of Resend.</summary>
    public string BaseUrl { get; set; } = "https://api.resend.com";

    public string? ApiKey { get; set; }

    /// <summary>The sender: an address, or a name with an address in angle brackets.</summary>
    public string? From { get; set; }

    /// <summary>How long the provider may take for one mail.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Without credentials the platform's own mails go to its outbox. Left out: in Development only.</summary>
    public bool? Sandbox { get; set; }

    public bool IsConfigured => ApiKey is { Length: > 0 };

    /// <summary>Whether a start makes sense with them.</summary>
    public bool AreValid() =>
        !IsConfigured || (From is { Length: > 0 } && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && Timeout > TimeSpan.Zero);
}
