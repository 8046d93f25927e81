using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Web.Outgoing;

/// <summary>
/// Whether an address is a host's on the public internet: not this machine, a private or a shared network, a link, a group, a documentation example, or where
/// clouds keep the keys of their machines.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // The host agent of one cloud, at an address that looks public.
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Tunnelled = IPNetwork.Parse("2002::/16");

    public static bool IsOne(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (Within(address) is { } inner) return IsOne(inner);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Global.Contains(address)) return false;
        return !NotPublic.Any(network => network.Contains(address));
    }

    /// <summary>The IPv4 address that an IPv6 address leads to through a translator (RFC 6052) or a tunnel (RFC 3056).</summary>
    private static IPAddress? Within(IPAddress address)
    {
        if (Translated.Contains(address)) return At(12);
        return Tunnelled.Contains(address) ? At(2) : null;

        IPAddress At(int index) => new(BinaryPrimitives.ReadUInt32LittleEndian(address.GetAddressBytes().AsSpan(index)));
    }
}
