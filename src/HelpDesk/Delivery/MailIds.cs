using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// The Message-IDs of the desk's mail. The same delivery always has the same one, so that a repeated hand-over is recognisable as one
/// message.
/// </summary>
internal sealed class MailIds(string domain)
{
    public string Of(Guid delivery) => $"<{delivery}@{domain}>";

    /// <summary>
    /// No mail bears this id; every mail of the ticket refers to it, which is what makes them one thread. It cannot be guessed, and the ticket's token, which opens the customer's page, cannot be
    /// told from it: watchers get it too.
    /// </summary>
    public string ThreadOf(long ticketId, string ticketToken) => string.Create(CultureInfo.InvariantCulture, $"<ticket-{ticketId}-{ThreadMark(ticketToken)}@{domain}>");

    public static string ThreadMark(string ticketToken) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"thread:{ticketToken}")))[..32];

    /// <summary>
    /// The threading headers of a ticket's mail; <paramref name="earlier"/> are Message-IDs of its earlier mail, oldest first, as far as
    /// they are known.
    /// </summary>
    public (string InReplyTo, string References) Threading(long ticketId, string ticketToken, params ReadOnlySpan<string> earlier)
    {
        var root = ThreadOf(ticketId, ticketToken);
        return earlier.Length == 0 ? (root, root) : (earlier[^1], $"{root} {string.Join(' ', earlier)}");
    }
}
