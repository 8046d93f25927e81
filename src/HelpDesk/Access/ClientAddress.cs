using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Access;

/// <summary>Where a request comes from, as the name that it is counted under.</summary>
internal static class ClientAddress
{
    /// <summary>Of IPv6 the first 64 bits: one holder has all the rest.</summary>
    public static string Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
