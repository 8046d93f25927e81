using System.Net.Mail;
using System.Text;
using HelpDesk.Database;
using NodaTime.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// A mail as it travels: RFC 5322, text and HTML side by side, CRLF line ends, ASCII throughout (but for an address outside ASCII). Built
/// by hand, because
/// the framework's MailMessage can only be written by its SmtpClient.
/// </summary>
internal static class MimeMail
{
    private static readonly InstantPattern Date = InstantPattern.CreateWithInvariantCulture("ddd, dd MMM yyyy HH:mm:ss '+0000'");

    /// <exception cref="MailRefused">The recipient is no e-mail address.</exception>
    public static byte[] Write(OutgoingMail mail, MailAddress from)
    {
        var boundary = $"=_{mail.Id:N}";
        var text = new StringBuilder(mail.Text.Length + mail.Html.Length + 2048);
        AppendHeaders(text, mail, from);
        text.Append("MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"").Append(boundary).Append("\"\r\n\r\n");
        text.Append("--").Append(boundary).Append("\r\n");
        MimeText.Append(text, "text/plain", mail.Text);
        text.Append("--").Append(boundary).Append("\r\n");
        MimeText.Append(text, "text/html", mail.Html);
        text.Append("--").Append(boundary).Append("--\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AppendHeaders(StringBuilder text, OutgoingMail mail, MailAddress from)
    {
        MimeHeader.AppendFolded(text, "Date", Date.Format(mail.At));
        MimeHeader.AppendMailbox(text, "From", from.DisplayName, MailRecipient.Of(from.Address).Address);
        MimeHeader.AppendMailbox(text, "To", mail.RecipientName, MailRecipient.Of(mail.Recipient).Address);
        MimeHeader.AppendText(text, "Subject", mail.Subject);
        MimeHeader.AppendFolded(text, "Message-ID", mail.MessageId);
        if (mail.InReplyTo is not null) MimeHeader.AppendFolded(text, "In-Reply-To", mail.InReplyTo);
        if (mail.References is not null) MimeHeader.AppendFolded(text, "References", mail.References);
        // Neither vacation notices nor their kin are to answer (RFC 3834, and Exchange's way of saying it).
        MimeHeader.AppendFolded(text, "Auto-Submitted", "auto-generated");
        MimeHeader.AppendFolded(text, "X-Auto-Response-Suppress", "OOF, AutoReply");
        if (mail.TicketId is { } ticket) MimeHeader.AppendFolded(text, "X-HelpDesk-Ticket", $"{ticket}");
        MimeHeader.AppendFolded(text, "X-HelpDesk-Kind", mail.Kind.Word());
    }
}
