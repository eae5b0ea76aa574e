using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.CustomDomains;

/// <summary>Names of hosts as DNS has them (RFC 1123), those with other letters as punycode (RFC 3492).</summary>
public static partial class HostName
{
    /// <summary>What a test business's domains end with: nobody's by RFC 6761.</summary>
    public const string OfTests = "test";

    /// <summary>So that the name of the record with the proof has room, too.</summary>
    private const int Longest = 230;

    private static readonly FrozenSet<string> nobodys = FrozenSet.Create(
        StringComparer.Ordinal, OfTests, "example", "invalid", "localhost", "local", "internal", "onion", "arpa", "alt", "home", "lan", "corp");

    private static readonly IdnMapping idn = new() { UseStd3AsciiRules = true };

    /// <summary>In lower case and ASCII; null: it is no name of a host below a top-level domain.</summary>
    public static string? Normalize(string text)
    {
        if (text.Length > Longest + 1)
        {
            return null;
        }

        try
        {
            var host = idn.GetAscii(text is [.. var name, '.'] ? name : text).ToLowerInvariant();
            return host.Length <= Longest && Format().IsMatch(host) ? host : null;
        }
        catch (ArgumentException) // empty labels, letters that no name has
        {
            return null;
        }
    }

    /// <summary>Whether it is <paramref name="domain"/> or below it.</summary>
    public static bool IsWithin(string host, string domain) =>
        host == domain || (host.Length > domain.Length && host.EndsWith(domain, StringComparison.Ordinal) && host[^(domain.Length + 1)] == '.');

    /// <summary>Whether its top-level domain is kept from the public.</summary>
    public static bool IsNobodys(string host) => nobodys.Contains(host[(host.LastIndexOf('.') + 1)..]);

    /// <summary>Labels of 1 to 63 letters, digits and inner hyphens, at least two, the last one not a number: an address is no name.</summary>
    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?![0-9]+\z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format();
}
