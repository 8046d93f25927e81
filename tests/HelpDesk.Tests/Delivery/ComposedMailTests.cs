using System.Text;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Delivery;

/// <summary>Mail as it is written, by way of the folder.</summary>
public sealed class ComposedMailTests
{
    private string folder = "";

    [SetUp]
    public void Choose_a_folder() => folder = Directory.CreateTempSubdirectory("helpdesk").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(folder, recursive: true);

    internal static OutgoingMail Mail => new()
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

    private async Task<string> Raw(OutgoingMail mail)
    {
        await new FolderDoor(MailOptions.Read(new ConfigurationBuilder().Build()) with { Folder = folder, From = new("desk@example.com", "The Desk") }).Send(mail, default);
        return await File.ReadAllTextAsync(Directory.EnumerateFiles(folder).Single());
    }

    [Test]
    public async Task Plain_English_is_readable_as_it_travels()
    {
        var raw = await Raw(Mail);
        var boundary = ParsedMail.Of(raw)["Content-Type"].Split("boundary=")[1].Trim('"');
        Assert.That(raw.TrimEnd(), Is.EqualTo(
            $"""
            X-Sender: desk@example.com
            X-Receiver: aino@example.org
            From: The Desk <desk@example.com>
            Date: Mon, 02 Mar 2026 08:00:00 +0000
            Subject: We need a little longer: Printer [#42]
            Message-ID: <1@example.com>
            To: aino@example.org
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: OOF, AutoReply
            X-HelpDesk-Ticket: 42
            X-HelpDesk-Kind: follow_up
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="{boundary}"

            --{boundary}
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            Hello Aino,

            soon.

            --{boundary}
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 7bit

            <p>Hello Aino,</p>

            --{boundary}--
            """.ReplaceLineEndings("\r\n")));
    }

    [TestCase("Re: x\r\nBcc: eve@example.org")]
    [TestCase("Re: x\nBcc: eve@example.org")]
    [TestCase("Re: x\rBcc: eve@example.org")]
    [TestCase("Re: ü\r\nBcc: eve@example.org")]
    [TestCase("Re: x\u2028Bcc: eve@example.org")]
    [TestCase("Re: x\r\n\r\n<p>another body</p>")]
    [TestCase("=?utf-8?B?UmU6IHgNCkJjYzogZXZlQGV4YW1wbGUub3Jn?=")]
    public async Task No_value_can_begin_a_header_of_its_own(string value)
    {
        var parsed = ParsedMail.Of(await Raw(Mail with { Subject = value, RecipientName = value, InReplyTo = value, References = value, MessageId = value }));
        Assert.That(parsed.HeaderNames, Is.EqualTo(new[]
        {
            "X-Sender", "X-Receiver", "From", "Date", "Subject", "Message-ID", "To", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
            "X-HelpDesk-Ticket", "X-HelpDesk-Kind", "MIME-Version", "Content-Type",
        }));
        Assert.That(parsed.Text, Does.StartWith("Hello Aino,"));
    }

    [TestCase("Ayşe \"Usta\" Yılmaz", "Ayşe \"\\\"Usta\\\"\" Yılmaz")]
    [TestCase("O'Brien, \"Pat\" \\ <pat@example.org>", "\"O'Brien, \\\"Pat\\\" \\\\ <pat@example.org>\"")]
    [TestCase("\"Pat\"", "\"\\\"Pat\\\"\"")]
    [TestCase("\"", "\"\\\"\"")]
    [TestCase("Pat\\", "\"Pat\\\\\"")]
    [TestCase("=?utf-8?B?ZXZl?=", "= ?utf-8?B?ZXZl?=")]
    public async Task A_name_arrives_as_it_is(string name, string written) =>
        Assert.That(ParsedMail.Of(await Raw(Mail with { RecipientName = name }))["To"], Is.EqualTo($"{written} <aino@example.org>"));

    [TestCase("ğüşıöç 🎉 ", 80)]
    [TestCase("word ", 80)]
    [TestCase("x", 400)]
    public async Task A_long_subject_arrives_whole_in_lines_of_ASCII(string part, int longestLine)
    {
        var subject = string.Concat(Enumerable.Repeat(part, 60)).Trim();
        var raw = await Raw(Mail with { Subject = subject });
        Assert.That(ParsedMail.Of(raw)["Subject"], Is.EqualTo(subject));
        Assert.That(raw.Split("\r\n").Max(line => line.Length), Is.LessThanOrEqualTo(longestLine));
        Assert.That(Ascii.IsValid(raw), Is.True);
    }

    [TestCase("Hyvää päivää = ok \t\n tila \n.piste\nviimeinen")]
    [TestCase("a line of 2000 characters")]
    [TestCase("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉")]
    public async Task A_text_arrives_whole(string text)
    {
        if (text.StartsWith('a')) text = new string('y', 2000);
        var parsed = ParsedMail.Of(await Raw(Mail with { Text = text, Html = text }));
        Assert.That(parsed.Text, Is.EqualTo(text.ReplaceLineEndings("\r\n")));
        Assert.That(parsed.Html, Is.EqualTo(text.ReplaceLineEndings("\r\n")));
    }

    [Test]
    public void Every_mail_of_a_ticket_belongs_to_its_thread()
    {
        var ids = new MailIds("example.com");
        var root = $"<ticket-42-{MailIds.ThreadMark("tok")}@example.com>";
        Assert.That(ids.Threading(42, "tok"), Is.EqualTo((root, root)));
        Assert.That(ids.Threading(42, "tok", "<a@x>", "<b@x>"), Is.EqualTo(("<b@x>", $"{root} <a@x> <b@x>")));
        Assert.That(root, Does.Not.Contain("-tok"));
        Assert.That(MailIds.ThreadMark("tok"), Is.Not.EqualTo(MailIds.ThreadMark("tol")));
    }
}
