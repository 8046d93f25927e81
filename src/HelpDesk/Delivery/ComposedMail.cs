using System.Net.Mail;
using System.Text;
using HelpDesk.Database;
using HelpDesk.Web;
using MimeKit;
using MimeKit.Encodings;

namespace HelpDesk.Delivery;

/// <summary>A mail as it travels: text and HTML side by side, in UTF-8.</summary>
internal static class ComposedMail
{
    private const int LongestPlainLine = 998;

    // MimeKit 4.18 goes beyond these, by 2 and by up to 20; what is allowed is 76 (RFC 2045, RFC 2047).
    private const int LongestQuotedLine = 74;
    private const int LongestEncodedWord = 60;

    /// <exception cref="MailRefused">The recipient is no e-mail address.</exception>
    public static MimeMessage Of(OutgoingMail mail, MailAddress from)
    {
        var message = new MimeMessage { Date = mail.At.ToDateTimeOffset() };
        message.Headers.Replace(Subject(mail.Subject));
        message.From.Add(new MailboxAddress(Encoding.UTF8, from.DisplayName, from.Address));
        message.To.Add(Recipient(mail));
        if (mail.ReplyTo is { } answers) message.ReplyTo.Add(new MailboxAddress(Encoding.UTF8, from.DisplayName, answers));
        AddHeaders(message, mail);
        message.Body = new MultipartAlternative { Part("plain", mail.Text), Part("html", mail.Html) };
        return message;
    }

    private static Header Subject(string text)
    {
        var format = FormatOptions.Default.Clone();
        format.MaxLineLength = LongestEncodedWord;
        var subject = new Header(HeaderId.Subject, "");
        subject.SetValue(format, Encoding.UTF8, Words(text));
        return subject;
    }

    private static MailboxAddress Recipient(OutgoingMail mail)
    {
        try
        {
            if (EmailAddress.IsOne(mail.Recipient)) return new(Encoding.UTF8, Words(mail.RecipientName ?? "").Trim(), mail.Recipient);
        }
        catch (ParseException)
        {
            // Less is an address by the rules of mail than by .NET's.
        }

        throw new MailRefused($"'{SingleLine.Of(mail.Recipient, most: 100)}' is not an e-mail address.", isPermanent: true);
    }

    // "=?" begins an encoded word: the reader's program would decode what somebody typed into something else.
    private static string Words(string text) => SingleLine.Of(text).Replace("=?", "= ?", StringComparison.Ordinal);

    private static void AddHeaders(MimeMessage message, OutgoingMail mail)
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

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) message.Headers.Replace(name, SingleLine.Of(value));
        }
    }

    /// <summary>RFC 2369, and RFC 8058 for a single press in her mail program, which is for https alone.</summary>
    private static void AddOptOut(MimeMessage message, string? url)
    {
        if (url is null) return;
        message.Headers.Add("List-Unsubscribe", $"<{url}>");
        if (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    // As plain as it may be, and the same whatever the server offers: a file that can be read and searched.
    private static TextPart Part(string subtype, string text)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var isPlain = Ascii.IsValid(lines) && lines.Split("\r\n").All(line => line.Length <= LongestPlainLine);
        if (isPlain) return new(subtype) { Text = lines, ContentTransferEncoding = ContentEncoding.SevenBit };
        var part = new TextPart(subtype) { Content = new MimeContent(Quoted(lines), ContentEncoding.QuotedPrintable), ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    private static MemoryStream Quoted(string lines)
    {
        var bytes = Encoding.UTF8.GetBytes(lines);
        var encoder = new QuotedPrintableEncoder(LongestQuotedLine);
        var quoted = new byte[encoder.EstimateOutputLength(bytes.Length)];
        return new(quoted, 0, encoder.Flush(bytes, 0, bytes.Length, quoted));
    }

    /// <summary>
    /// SMTPUTF8 only where a local part outside ASCII needs it: not every server on the way knows it. A domain outside ASCII travels as punycode.
    /// </summary>
    public static FormatOptions Format(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = message.From.Mailboxes.Concat(message.To.Mailboxes).Any(mailbox => !Ascii.IsValid(mailbox.LocalPart));
        return format;
    }
}
