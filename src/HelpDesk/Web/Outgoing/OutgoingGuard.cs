using System.Net;
using HelpDesk.Web.Settings;

namespace HelpDesk.Web.Outgoing;

/// <summary>
/// Where the desk may be sent by an address that somebody gave it: to the public internet, and to the networks that the operator allows
/// (<c>AllowedNetworks</c> of <c>Webhooks</c>, or of another section). Plain http goes to those networks alone, unless the section's <c>AllowHttp</c> is on.
/// </summary>
internal sealed class OutgoingGuard
{
    public const string NetworkForm = "networks such as `10.0.0.0/8` or `fd12:3456::/32`, separated by commas";

    private static readonly Listed WebhookNetworks = new(
        "Webhooks:AllowedNetworks",
        "networks beside the public internet that webhooks may go to, as in `10.0.0.0/8, fd12::/16`; private, loopback, link-local and metadata addresses are refused without it, at each connection",
        NetworkForm, ",", note: "none");

    private static readonly Switch WebhookHttp = new("Webhooks:AllowHttp", "`true`: plain `http` is posted to anywhere, not only to the allowed networks");

    private readonly IReadOnlyList<IPNetwork> allowed;
    private readonly bool allowsHttp;
    private readonly (string Networks, string Http) keys;

    private OutgoingGuard(IReadOnlyList<IPNetwork> allowed, bool allowsHttp, (string Networks, string Http) keys) => (this.allowed, this.allowsHttp, this.keys) = (allowed, allowsHttp, keys);

    /// <summary>For webhooks.</summary>
    public static OutgoingGuard Read(IConfiguration configuration) => Read(configuration, WebhookNetworks, WebhookHttp);

    /// <param name="networks">What the operator calls those that are allowed,</param>
    /// <param name="http">and leave to ask over plain http elsewhere.</param>
    public static OutgoingGuard Read(IConfiguration configuration, Listed networks, Switch http) =>
        new([.. networks.Read(configuration).Select(text => Network(text) ?? throw networks.Refuse(text))], http.Read(configuration), (networks.Key, http.Key));

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) && one.ToString() == text ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : null;

    /// <summary>What can be told of an address before it is looked up where it leads. Null is never at fault.</summary>
    public void Check(string member, string? address, Dictionary<string, string[]> errors)
    {
        if (address is not null && (HttpAddress.IsOne(address) ? Fault(address) : HttpAddress.Rule) is { } rule) errors[member] = [rule];
    }

    private string? Fault(string address)
    {
        var uri = new Uri(address);
        if (uri.Scheme == Uri.UriSchemeHttp && !allowsHttp && allowed.Count == 0) return "must be https: this desk asks no plain http address";
        return IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var literal) && Refuses(literal, uri.Scheme == Uri.UriSchemeHttps) is { } words
            ? $"is not an address that this desk goes to: {words}"
            : null;
    }

    /// <summary>Why nothing is sent to this host; null where it may be.</summary>
    public string? Refuses(IPAddress host, bool isEncrypted)
    {
        var address = host.IsIPv4MappedToIPv6 ? host.MapToIPv4() : host;
        if (allowed.Any(network => network.Contains(address))) return null;
        if (!PublicAddress.IsOne(address)) return $"{address} is not on the public internet, and {keys.Networks} does not name it";
        return isEncrypted || allowsHttp ? null : $"{address} is asked over plain http, which {keys.Http} does not allow";
    }
}
