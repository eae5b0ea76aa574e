using System.Net;
using System.Net.Sockets;

namespace Mainstreet.Application;

/// <summary>Addresses as parts of networks.</summary>
public static class AddressNetworks
{
    /// <summary>The network that the address is in, such as 203.0.113.0/24. An IPv4 address in IPv6 clothes is an IPv4 address.</summary>
    public static string Of(IPAddress address, int bitsOf4, int bitsOf6)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = plain.AddressFamily is AddressFamily.InterNetwork ? bitsOf4 : bitsOf6;
        var bytes = plain.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return $"{new IPAddress(bytes)}/{bits}";
    }
}
