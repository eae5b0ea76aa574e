using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Businesses;

/// <summary>Which subdomains a business can have. Requirement TEN-15.</summary>
public static partial class Subdomains
{
    // names that mail, browsers, certificates or this product itself give a meaning to
    private static readonly FrozenSet<string> Reserved = """
        abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog cdn checkout
        console customer customers dashboard demo dev developer developers docs download driver drivers email events feed files
        forum ftp graphql help hostmaster http https imap images img info internal invoice invoices jobs legal localhost login
        logout mail mainstreet manage media metrics mobile monitor ns1 ns2 ns3 ns4 oauth order orders partner partners pay
        payment payments platform pool pop pop3 portal postmaster preview privacy problems public root sandbox secure security
        server sftp shop signin signup smtp sse ssh ssl staging static stats status store storefront storefronts support swagger
        system terms test tracking upload uploads user users webhook webhooks webmaster webmail wpad www www1 www2 xmpp
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private const int LongestSuggestion = 40;

    /// <summary>3 to 63 lower-case letters and digits, with single hyphens inside.</summary>
    public static bool IsWellFormed(string? subdomain) => subdomain is { Length: <= 63 } && Format().IsMatch(subdomain);

    public static bool IsReserved(string subdomain) => Reserved.Contains(subdomain);

    internal static void Validate(string subdomain)
    {
        Check.That(IsWellFormed(subdomain), BusinessErrors.SubdomainInvalid);
        Check.That(!IsReserved(subdomain), BusinessErrors.SubdomainReserved);
    }

    /// <summary>
    /// What a business that chose none may be called, the nicest first: like its name, and with something of its own behind it, which
    /// nobody else has.
    /// </summary>
    /// <param name="slug">The name as it stands in addresses.</param>
    public static IEnumerable<string> Suggest(string slug, TenantId business)
    {
        var name = slug.Length > LongestSuggestion ? slug[..LongestSuggestion].TrimEnd('-') : slug;
        if (IsWellFormed(name) && !IsReserved(name))
        {
            yield return name;
        }

        yield return $"{name}-{business.Value.ToString("N")[^8..]}";
    }

    [GeneratedRegex(@"\A[a-z0-9](?:-?[a-z0-9]){2,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format();
}
