using System.Globalization;
using System.Text;
using HelpDesk.Web;

namespace HelpDesk.Delivery;

/// <summary>
/// An address as the mail system writes it. A domain outside ASCII travels as punycode; a local part outside ASCII needs a server that speaks SMTPUTF8.
/// </summary>
internal sealed record MailRecipient(string Address, bool NeedsUtf8)
{
    public static MailRecipient Of(string address)
    {
        if (!EmailAddress.IsOne(address)) throw new MailRefused($"'{SingleLine.Of(address, most: 100)}' is not an e-mail address.", isPermanent: true);
        var at = address.LastIndexOf('@');
        return new($"{address[..at]}@{new IdnMapping().GetAscii(address[(at + 1)..])}", !Ascii.IsValid(address.AsSpan(0, at)));
    }
}
