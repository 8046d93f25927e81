using System.Globalization;
using System.Net.Mail;

namespace HelpDesk.Web;

/// <summary>What counts as an e-mail address, wherever one is taken in or written to.</summary>
internal static class EmailAddress
{
    public const string Rule = "must be one e-mail address, for example aino@example.com";

    public const int MostCharacters = 320;

    /// <summary>One plain address and nothing else: no name, no list, no white space, nothing that could end a header or a command.</summary>
    public static bool IsOne(string text) =>
        text.Length <= MostCharacters
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
