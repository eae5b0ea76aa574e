namespace Mainstreet.Infrastructure.Providers;

/// <summary>The section <c>Payments</c> of the configuration: where the providers are. What opens them is each business's own.</summary>
internal sealed class PaymentOptions
{
    public string StripeUrl { get; set; } = "https://api.stripe.com";

    public string ToyyibPayUrl { get; set; } = "https://toyyibpay.com";

    public string PayPalUrl { get; set; } = "https://api-m.paypal.com";

    /// <summary>Under which address providers reach this installation, where they have to be told.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long a provider may take for one request.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether a start makes sense with them.</summary>
    public bool AreValid() => Timeout > TimeSpan.Zero && IsAddress(StripeUrl) && IsAddress(ToyyibPayUrl) && IsAddress(PayPalUrl) && (PublicUrl is null || IsAddress(PublicUrl));

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
}
