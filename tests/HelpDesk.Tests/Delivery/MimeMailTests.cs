using System.Net.Mail;
using System.Text;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Delivery;

public sealed class MimeMailTests
{
    private static readonly MailAddress Desk = new("desk@example.com", "The Desk");

    private static OutgoingMail Mail => new()
    {
        Id = Guid.Parse("0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"),
        TicketId = 42,
        Kind = MessageKind.FollowUp,
        Recipient = "aino@example.org",
        Locale = "en",
        Subject = "We need a little longer: Printer [#42]",
        Text = "Hello Aino,\n\nsoon.\n",
        Html = "<p>Hello Aino,</p>\n",
        MessageId = "<1@example.com>",
        At = Instant.FromUtc(2026, 3, 2, 8, 0),
    };

    private static string Raw(OutgoingMail mail) => Encoding.UTF8.GetString(MimeMail.Write(mail, Desk));

    [Test]
    public void Plain_English_is_readable_as_it_travels() => Assert.That(Raw(Mail), Is.EqualTo(
        """
        Date: Mon, 02 Mar 2026 08:00:00 +0000
        From: "The Desk" <desk@example.com>
        To: aino@example.org
        Subject: We need a little longer: Printer [#42]
        Message-ID: <1@example.com>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: OOF, AutoReply
        X-HelpDesk-Ticket: 42
        X-HelpDesk-Kind: follow_up
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_0195564e8a007c3d9b1f2f4a5c6d7e8f"

        --=_0195564e8a007c3d9b1f2f4a5c6d7e8f
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        Hello Aino,

        soon.

        --=_0195564e8a007c3d9b1f2f4a5c6d7e8f
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 7bit

        <p>Hello Aino,</p>

        --=_0195564e8a007c3d9b1f2f4a5c6d7e8f--

        """.ReplaceLineEndings("\r\n")));

    [TestCase("Re: x\r\nBcc: eve@example.org")]
    [TestCase("Re: x\nBcc: eve@example.org")]
    [TestCase("Re: x\rBcc: eve@example.org")]
    [TestCase("Re: ü\r\nBcc: eve@example.org")]
    [TestCase("Re: x\u2028Bcc: eve@example.org")]
    [TestCase("Re: x\r\n\r\n<p>another body</p>")]
    public void No_value_can_begin_a_header_of_its_own(string value)
    {
        var parsed = ParsedMail.Of(Raw(Mail with { Subject = value, RecipientName = value, InReplyTo = value, References = value, MessageId = value }));
        Assert.That(parsed.HeaderNames, Is.EqualTo(new[]
        {
            "Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress", "X-HelpDesk-Ticket",
            "X-HelpDesk-Kind", "MIME-Version", "Content-Type",
        }));
        Assert.That(parsed.Text, Does.StartWith("Hello Aino,"));
    }

    [TestCase("Ayşe \"Usta\" Yılmaz")]
    [TestCase("O'Brien, \"Pat\" \\ <pat@example.org>")]
    [TestCase("=?utf-8?B?ZXZl?=")]
    public void A_name_arrives_as_it_is(string name)
    {
        var to = ParsedMail.Of(Raw(Mail with { RecipientName = name }))["To"];
        Assert.That(to, Is.EqualTo($"{name} <aino@example.org>").Or.EqualTo($"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"")}\" <aino@example.org>"));
    }

    [TestCase("ğüşıöç 🎉 ")]
    [TestCase("word ")]
    [TestCase("x")]
    public void A_long_subject_arrives_whole_in_short_lines_of_ASCII(string part)
    {
        var subject = string.Concat(Enumerable.Repeat(part, 60)).Trim();
        var raw = Raw(Mail with { Subject = subject });
        Assert.That(ParsedMail.Of(raw)["Subject"], Is.EqualTo(subject));
        Assert.That(raw.Split("\r\n").Max(line => line.Length), Is.LessThanOrEqualTo(85));
        Assert.That(Ascii.IsValid(raw), Is.True);
    }

    [TestCase("Hyvää päivää = ok \t\n tila \nviimeinen")]
    [TestCase("a line of 2000 characters")]
    [TestCase("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉")]
    public void A_text_arrives_whole(string text)
    {
        if (text.StartsWith('a')) text = new string('y', 2000);
        var parsed = ParsedMail.Of(Raw(Mail with { Text = text, Html = text }));
        Assert.That(parsed.Text, Is.EqualTo(text.ReplaceLineEndings("\r\n") + "\r\n"));
        Assert.That(parsed.Html, Is.EqualTo(text.ReplaceLineEndings("\r\n") + "\r\n"));
    }

    [Test]
    public void Every_mail_of_a_ticket_belongs_to_its_thread()
    {
        var ids = new MailIds("example.com");
        Assert.That(ids.Threading("tok"), Is.EqualTo(("<ticket-tok@example.com>", "<ticket-tok@example.com>")));
        Assert.That(ids.Threading("tok", "<a@x>", "<b@x>"), Is.EqualTo(("<b@x>", "<ticket-tok@example.com> <a@x> <b@x>")));
    }
}
