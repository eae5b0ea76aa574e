using System.Net;
using System.Net.Sockets;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>
/// Which addresses a webhook may be sent to: those of the public internet, and the networks the operator allows by
/// <c>Webhooks:AllowedNetworks</c> (Development names its own loopback there). Follows the IANA special-purpose registries.
/// </summary>
internal sealed class AddressPolicy(params IReadOnlyList<IPNetwork> allowed)
{
    private static readonly IPNetwork[] RefusedV4 = [.. new[]
    {
        "0.0.0.0/8",          // this network
        "10.0.0.0/8",         // private
        "100.64.0.0/10",      // carrier-grade NAT
        "127.0.0.0/8",        // loopback
        "168.63.129.16/32",   // a cloud's host agent, reachable from every machine in it
        "169.254.0.0/16",     // link-local, with the metadata services of the clouds
        "172.16.0.0/12",      // private
        "192.0.0.0/24",       // protocol assignments
        "192.0.2.0/24",       // documentation
        "192.88.99.0/24",     // 6to4 relays
        "192.168.0.0/16",     // private
        "198.18.0.0/15",      // benchmarks
        "198.51.100.0/24",    // documentation
        "203.0.113.0/24",     // documentation
        "224.0.0.0/4",        // multicast
        "240.0.0.0/4",        // reserved, with the broadcast address
    }.Select(IPNetwork.Parse)];

    /// <summary>
    /// All that is global unicast today. Loopback, unique local, link-local, site-local, multicast, NAT64 (64:ff9b::/96 and
    /// 64:ff9b:1::/48) and the IPv4-compatible form lie outside.
    /// </summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Inside 2000::/3, but no public host. 6to4 and Teredo could carry any IPv4 address, so they are refused whole.</summary>
    private static readonly IPNetwork[] RefusedV6 = [.. new[]
    {
        "2001::/23",          // protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",      // documentation
        "2002::/16",          // 6to4
        "3fff::/20",          // documentation
    }.Select(IPNetwork.Parse)];

    public bool Allows(IPAddress address)
    {
        // Unmapped first: a network of IPv6 judges mapped addresses wrongly (2000::/3 is said to contain ::ffff:10.1.2.3).
        var actual = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(actual)) || IsPublic(actual);
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !RefusedV4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => GlobalV6.Contains(address) && !RefusedV6.Any(network => network.Contains(address)),
        _ => false,
    };
}
