using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Access;

/// <summary>
/// Keys cannot be guessed at full speed: an address that has sent too many which are not good has no more of them looked at until the minute ends. Keys
/// that were good lately are still looked at, so that one broken integration does not shut out everybody behind the same proxy.
/// </summary>
internal sealed class GuessLimit(RateLimitOptions options, TimeProvider machine)
{
    /// <summary>Bounds memory; the set is begun anew when full, and fills itself again.</summary>
    private const int MostKnown = 10_000;

    private readonly MinuteCounts failures = new(machine);
    private readonly ConcurrentDictionary<string, bool> good = new(StringComparer.Ordinal);

    /// <returns>Null if the key may be looked at, else in how many seconds to come again.</returns>
    public int? Refuses(HttpContext http, string key)
    {
        if (options.FailuresPerMinute == 0) return null;
        var (count, endsIn) = failures.Look(Address(http));
        return count < options.FailuresPerMinute || good.ContainsKey(Print(key)) ? null : endsIn;
    }

    public void WasGood(string key)
    {
        if (options.FailuresPerMinute == 0) return;
        var print = Print(key);
        if (good.ContainsKey(print)) return;
        if (good.Count >= MostKnown) good.Clear();
        good.TryAdd(print, true);
    }

    public void WasBad(HttpContext http, string key)
    {
        if (options.FailuresPerMinute == 0) return;
        failures.Add(Address(http));
        good.TryRemove(Print(key), out _);
    }

    private static string Print(string key) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Of IPv6 the first 64 bits: one holder has all the rest.</summary>
    public static string Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
