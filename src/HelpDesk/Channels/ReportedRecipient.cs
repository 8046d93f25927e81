using System.Globalization;
using System.Text.RegularExpressions;

namespace HelpDesk.Channels;

/// <summary>An address as a delivery report writes it (RFC 3464): in angle brackets or not, with a domain in ASCII, with signs as xtext (RFC 3461).</summary>
internal static partial class ReportedRecipient
{
    public static bool Is(string reported, string? recipient)
    {
        if (recipient is null) return false;
        var (name, sent) = (reported.Trim().Trim('<', '>'), Known(recipient));
        return Known(name) == sent || Known(Sign().Replace(name, sign => ((char)int.Parse(sign.ValueSpan[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())) == sent;
    }

    private static string Known(string address)
    {
        var at = address.LastIndexOf('@');
        try
        {
            return $"{address[..(at + 1)]}{new IdnMapping().GetAscii(address[(at + 1)..])}".ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return address.ToLowerInvariant();
        }
    }

    [GeneratedRegex(@"\+[0-9A-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();
}
