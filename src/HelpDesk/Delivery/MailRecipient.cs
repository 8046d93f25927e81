using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// An address as the mail system writes it. A domain outside ASCII travels as punycode; a local part outside ASCII needs a server that
/// speaks SMTPUTF8.
/// </summary>
internal sealed record MailRecipient(string Address, bool NeedsUtf8)
{
    public static MailRecipient Of(string address)
    {
        if (!IsAddress(address)) throw new MailRefused($"'{SingleLine.Of(address, most: 100)}' is not an e-mail address.", isPermanent: true);
        var at = address.LastIndexOf('@');
        return new($"{address[..at]}@{new IdnMapping().GetAscii(address[(at + 1)..])}", !Ascii.IsValid(address.AsSpan(0, at)));
    }

    /// <summary>
    /// One plain address and nothing else: no name, no list, no white space, nothing that could end a header or a command.
    /// </summary>
    public static bool IsAddress(string text) =>
        text.Length <= 320
        && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character is '<' or '>' or ',' or ';')
        && MailAddress.TryCreate(text, out var parsed) && parsed.Address == text
        && HasAsciiForm(parsed.Host);

    private static bool HasAsciiForm(string host)
    {
        try
        {
            return new IdnMapping().GetAscii(host).Length <= 255;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
