using System.Globalization;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Businesses;

/// <summary>Where a page in a browser comes from, exactly as browsers write it.</summary>
public static partial class WebOrigin
{
    private const int Most = 20;

    /// <summary>https://host or https://host:port, in lower case and without the port that goes without saying; http of this machine alone.</summary>
    public static bool IsExact(string? origin) => origin is { Length: <= 300 } && Format().Match(origin) is { Success: true } match
        && (!match.Groups["port"].Success || int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) is var port and > 0 and < 65536 && port != (IsLocal(origin) ? 80 : 443));

    /// <summary>http://localhost, at some port: a page under development.</summary>
    internal static bool IsLocal(string origin) => origin.StartsWith("http:", StringComparison.Ordinal);

    internal static bool AreList(string[] origins) => origins.Length <= Most && origins.All(IsExact) && origins.Distinct(StringComparer.Ordinal).Count() == origins.Length;

    [GeneratedRegex(@"\A(http://localhost|https://[a-z0-9]([a-z0-9\-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9\-]*[a-z0-9])?)*)(:(?<port>[1-9][0-9]{0,4}))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format();
}
