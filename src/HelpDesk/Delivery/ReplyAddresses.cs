using System.Globalization;
using System.Security.Cryptography;
using HelpDesk.Access;
using HelpDesk.Web.Settings;
using HelpDesk.Web;

namespace HelpDesk.Delivery;

/// <summary>
/// The address that answers to a ticket's mail go to: the desk's own with a tag, <c>support+t42.&lt;proof&gt;@example.com</c>. The tag says which ticket, and proves that
/// its holder has had mail of it; not who she is. There is none without <c>Inbound:Address</c>.
/// </summary>
internal sealed class ReplyAddresses
{
    private const int ProofBytes = 10;
    private const int LongestTag = 14 + (2 * ProofBytes);
    private const int LongestName = 64 - LongestTag;

    private static readonly Text Own = new(
        "Inbound:Address", "the address that customers write to; the desk's mail asks for answers to it with the ticket's signed tag ([inbound.md](inbound.md))",
        FormattableString.Invariant($"one ASCII e-mail address with at most {LongestName} characters before the @, like `support@example.com`"), note: "none: no `Reply-To`");

    private readonly DeskKey key;
    private readonly string? local;
    private readonly string? domain;

    /// <param name="address">As <see cref="Read"/> gives it.</param>
    public ReplyAddresses(DeskKey key, string? address)
    {
        this.key = key;
        if (address is null) return;
        var at = address.LastIndexOf('@');
        (local, domain) = (address[..at], address[(at + 1)..]);
    }

    /// <summary>Null for none.</summary>
    public static string? Read(IConfiguration configuration)
    {
        var address = Own.Read(configuration);
        return address is null || (EmailAddress.IsOne(address) && System.Text.Ascii.IsValid(address) && address.LastIndexOf('@') <= LongestName) ? address : throw Own.Refuse(address);
    }

    /// <summary>The desk's own address, without a tag.</summary>
    public string? Plain => local is null ? null : $"{local}@{domain}";

    public string? Of(long? ticket) => local is null || ticket is not { } id ? null : $"{local}+t{id.ToString(CultureInfo.InvariantCulture)}.{Proof(id)}@{domain}";

    /// <summary>The ticket whose tag an address bears; null for an address without one, or with one that the desk did not make.</summary>
    public long? TicketOf(string address)
    {
        var at = address.LastIndexOf('@');
        if (local is null || at < 0 || !address[(at + 1)..].Equals(domain, StringComparison.OrdinalIgnoreCase)) return null;
        var start = $"{local}+t";
        if (!address.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return null;
        var tag = address[start.Length..at].Split('.');
        return tag is [var number, { Length: 2 * ProofBytes } proof]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ticket)
            && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(Proof(ticket)), System.Text.Encoding.UTF8.GetBytes(proof.ToLowerInvariant()))
            ? ticket
            : null;
    }

    /// <summary>Whether an address is the desk's own, with a tag or without.</summary>
    public bool IsOwn(string address)
    {
        var at = address.LastIndexOf('@');
        if (local is null || at < 0 || !address[(at + 1)..].Equals(domain, StringComparison.OrdinalIgnoreCase)) return false;
        var name = address[..at];
        return name.Equals(local, StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{local}+", StringComparison.OrdinalIgnoreCase);
    }

    // In small letters: servers on the way may make them so.
    private string Proof(long ticket) => Convert.ToHexStringLower(key.For(string.Create(CultureInfo.InvariantCulture, $"inbound:{ticket}")).AsSpan(0, ProofBytes));
}
