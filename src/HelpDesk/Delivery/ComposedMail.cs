using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using HelpDesk.Database;
using HelpDesk.Web;
using NodaTime.Text;

namespace HelpDesk.Delivery;

/// <summary>A mail as the framework's mail client takes it: text and HTML side by side, in UTF-8.</summary>
internal static class ComposedMail
{
    private const int LongestPlainLine = 998;

    private static readonly InstantPattern Date = InstantPattern.CreateWithInvariantCulture("ddd, dd MMM yyyy HH:mm:ss '+0000'");

    /// <exception cref="MailRefused">The recipient is no e-mail address.</exception>
    public static MailMessage Of(OutgoingMail mail, MailAddress from)
    {
        if (!EmailAddress.IsOne(mail.Recipient))
        {
            throw new MailRefused($"'{SingleLine.Of(mail.Recipient, most: 100)}' is not an e-mail address.", isPermanent: true);
        }

        var message = new MailMessage(from, new(mail.Recipient, Name(mail.RecipientName), Encoding.UTF8))
        {
            Subject = Words(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
        };
        if (mail.ReplyTo is { } answers) message.ReplyToList.Add(new MailAddress(answers, from.DisplayName, Encoding.UTF8));
        AddHeaders(message, mail);
        message.AlternateViews.Add(View(mail.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(mail.Html, MediaTypeNames.Text.Html));
        return message;
    }

    // The framework puts an ASCII name between quotation marks without looking at what is in it.
    private static string Name(string? name)
    {
        var words = Words(name ?? "").Trim();
        return Ascii.IsValid(words)
            ? words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            : words;
    }

    // "=?" begins an encoded word: the framework, or the reader's program, would decode what somebody typed into something else.
    private static string Words(string text) => SingleLine.Of(text).Replace("=?", "= ?", StringComparison.Ordinal);

    private static void AddHeaders(MailMessage message, OutgoingMail mail)
    {
        Add("Message-ID", mail.MessageId);
        Add("In-Reply-To", mail.InReplyTo);
        Add("References", mail.References);
        // Neither vacation notices nor their kin are to answer (RFC 3834, and Exchange's way of saying it).
        Add("Auto-Submitted", "auto-generated");
        Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        AddOptOut(message, mail.OptOutUrl);
        Add("X-HelpDesk-Ticket", mail.TicketId?.ToString("D", null));
        Add("X-HelpDesk-Kind", mail.Kind.Word());
        // The framework writes a Date of its own, the machine's, over any other.
        Add("X-HelpDesk-Date", Date.Format(mail.At));

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) message.Headers.Add(name, SingleLine.Of(value));
        }
    }

    /// <summary>RFC 2369, and RFC 8058 for a single press in her mail program, which is for https alone.</summary>
    private static void AddOptOut(MailMessage message, string? url)
    {
        if (url is null) return;
        message.Headers.Add("List-Unsubscribe", $"<{url}>");
        if (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    // Left alone the framework writes base64, plain English included: a file that nobody can read or search.
    private static AlternateView View(string text, string type)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var view = AlternateView.CreateAlternateViewFromString(lines, Encoding.UTF8, type);
        var isPlain = Ascii.IsValid(lines) && lines.Split("\r\n").All(line => line.Length <= LongestPlainLine);
        view.TransferEncoding = isPlain ? TransferEncoding.SevenBit : TransferEncoding.QuotedPrintable;
        return view;
    }

    /// <summary>
    /// <see cref="SmtpDeliveryFormat.International"/> (SMTPUTF8) only where a local part outside ASCII needs it: not every server on the
    /// way knows it. A domain outside ASCII travels as punycode.
    /// </summary>
    public static SmtpDeliveryFormat Format(MailMessage message) =>
        Ascii.IsValid(message.From!.User) && message.To.All(address => Ascii.IsValid(address.User))
            ? SmtpDeliveryFormat.SevenBit
            : SmtpDeliveryFormat.International;

    /// <summary>Whether any of its content has left. Where it has not, no server can have taken the mail.</summary>
    public static bool HasBegun(MailMessage message)
    {
        try
        {
            return message.AlternateViews.Any(view => view.ContentStream.Position > 0);
        }
        catch (ObjectDisposedException)
        {
            // Asked from outside just as the attempt ends: it may have.
            return true;
        }
    }
}
