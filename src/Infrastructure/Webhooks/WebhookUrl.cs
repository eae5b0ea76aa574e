using System.Net;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>
/// What can be seen wrong with a webhook's URL without asking the network. It spares tenants a late surprise;
/// the guarantee is <see cref="GuardedHttp"/>, which judges the address where the socket connects.
/// </summary>
internal static class WebhookUrl
{
    private const int MaxLength = 2048;

    /// <summary>The error, or null. Plain http is for sandbox tenants, and for loopback where the operator allows it: that never leaves the machine.</summary>
    public static DomainError? Check(string url, bool sandbox, AddressPolicy policy)
    {
        if (url.Length > MaxLength || url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            return Invalid("A webhook needs an absolute https URL.");
        }

        if (HasUserInfo(url) || uri.Fragment.Length > 0)
        {
            return Invalid("A webhook's URL has no user name, password or fragment.");
        }

        var host = uri.IdnHost.TrimEnd('.');
        if (uri.Scheme == "http" && !sandbox && !IsAllowedLoopback(host, policy))
        {
            return new(WebhookErrors.HttpsRequired, "Webhooks are sent over https; plain http is for sandbox businesses.");
        }

        if (uri.Port is not (80 or 443) and < 1024)
        {
            return new(WebhookErrors.PortRefused, "Webhooks are sent to port 443, port 80 or a port from 1024 on.");
        }

        return CheckHost(host, policy);
    }

    private static DomainError? CheckHost(string host, AddressPolicy policy)
    {
        // Reads every notation of an address that a resolver would read: 2130706433, 0x7f.1, 0177.0.0.1, ::ffff:7f00:1.
        if (IPAddress.TryParse(host, out var address))
        {
            return policy.Allows(address) ? null : Refused();
        }

        var label = host[(host.LastIndexOf('.') + 1)..];
        if (label.Length == 0 || char.IsAsciiDigit(label[0]))
        {
            return Invalid("The host is neither a name nor an address.");     // no top-level domain begins with a digit
        }

        return IsLocal(label) && !policy.Allows(IPAddress.Loopback) ? Refused() : null;
    }

    private static bool IsAllowedLoopback(string host, AddressPolicy policy) => IPAddress.TryParse(host, out var address)
        ? IPAddress.IsLoopback(address) && policy.Allows(address)
        : IsLocal(host) && policy.Allows(IPAddress.Loopback);

    private static bool IsLocal(string name) => name.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asked of the text, because an empty user name (<c>https://@host</c>) is gone after parsing.</summary>
    private static bool HasUserInfo(string url)
    {
        var authority = url.AsSpan(url.IndexOf(':', StringComparison.Ordinal) + 1).TrimStart('/');
        var end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }

    private static DomainError Invalid(string message) => new(WebhookErrors.UrlInvalid, message, ErrorKind.Invalid);

    private static DomainError Refused() => new(WebhookErrors.AddressRefused, "This address is not on the public internet.");
}
