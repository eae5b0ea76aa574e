using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Webhooks;

/// <summary>
/// A header that the receiver wants to see, such as Authorization. Its value is a secret: encrypted by the caller, sent to the endpoint's address alone,
/// where redirects are never followed, and shown to nobody.
/// </summary>
public sealed partial record WebhookHeader(string Name, string EncryptedValue)
{
    public const int Most = 20;

    /// <summary>They belong to the connection, the message or those who carry it: two of them could make two different requests of one.</summary>
    private static readonly HashSet<string> reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Date", "Via", "Forwarded", "Accept-Encoding", "User-Agent",
        "Traceparent", "Tracestate", "Baggage", "Set-Cookie",
    };

    private static readonly string[] reservedPrefixes = ["webhook-", "content-", "proxy-", "sec-", "x-forwarded-", ":"];

    public static bool IsName(string? name) => name is not null && Token().IsMatch(name)
        && !reserved.Contains(name) && !Array.Exists(reservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Printable, and so without a line break.</summary>
    public static bool IsValue(string? value) => value is { Length: >= 1 and <= 4096 } && value.All(c => c is >= ' ' and <= '~') && value[0] != ' ' && value[^1] != ' ';

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
