namespace HelpDesk.Delivery;

/// <summary>
/// The Message-IDs of the desk's mail. The same delivery always has the same one, so that a repeated hand-over is recognisable as one
/// message.
/// </summary>
internal sealed class MailIds(string domain)
{
    public string Of(Guid delivery) => $"<{delivery}@{domain}>";

    /// <summary>No mail bears this id; every mail of the ticket refers to it, which is what makes them one thread.</summary>
    public string ThreadOf(string ticketToken) => $"<ticket-{ticketToken}@{domain}>";

    /// <summary>
    /// The threading headers of a ticket's mail; <paramref name="earlier"/> are Message-IDs of its earlier mail, oldest first, as far as
    /// they are known.
    /// </summary>
    public (string InReplyTo, string References) Threading(string ticketToken, params ReadOnlySpan<string> earlier)
    {
        var root = ThreadOf(ticketToken);
        return earlier.Length == 0 ? (root, root) : (earlier[^1], $"{root} {string.Join(' ', earlier)}");
    }
}
