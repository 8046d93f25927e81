using HelpDesk.Inbound;
using System.Text;

namespace HelpDesk.Tests.Inbound;

/// <summary>What the desk understands of a mail.</summary>
internal sealed class ReadingTests
{
    [OneTimeSetUp]
    public void Know_charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Test]
    public void Gmail_in_English()
    {
        var mail = Read(RawMail.GmailEnglish);
        Assert.That(mail.Body, Is.EqualTo("It still burns, see https://example.org/photo.\n\nAda"));
        Assert.That(mail.Quoted, Does.StartWith("On Mon, Mar 2, 2026").And.Contains("> Hello Ada,"));
        Assert.That((mail.Sender.Address, mail.Sender.Name, mail.MessageId), Is.EqualTo(("ada@example.org", "Ada Lovelace", "CAF+gmail.1@mail.gmail.com")));
        Assert.That(mail.Answers, Is.EqualTo(new[] { "SENT", "ticket-x@desk.example" }));
        Assert.That(mail.IsAutomated, Is.False);
    }

    [Test]
    public void Gmail_in_Turkish()
    {
        var mail = Read(RawMail.GmailTurkish);
        Assert.That(mail.Body, Is.EqualTo("Hâlâ yanıyor, lütfen acele edin."));
        Assert.That(mail.Quoted, Does.StartWith("HelpDesk <support@desk.example>, 2 Mar"));
        Assert.That((mail.Subject, mail.Sender.Name), Is.EqualTo(("Re: Yazıcı yanıyor", "Ayşe Yılmaz")));
    }

    [Test]
    public void Apple_Mail_in_Finnish()
    {
        var mail = Read(RawMail.AppleFinnish);
        Assert.That(mail.Body, Is.EqualTo("Palaa yhä.\n\nPäivi"));
        Assert.That((mail.Subject, mail.Sender.Name), Is.EqualTo(("Vs: Tulostin palaa", "Päivi Mäkelä")));
    }

    [Test]
    public void Outlook_in_Finnish_and_HTML()
    {
        var mail = Read(RawMail.OutlookFinnish);
        Assert.That(mail.Body, Is.EqualTo("Kiitos, nyt toimii.\n\nOhje: täällä <https://example.org/ohje>"));
        Assert.That(mail.Quoted, Does.Contain("Hei Matti").And.Not.Contains("color"));
    }

    [Test]
    public void Outlook_in_Turkish_and_windows_1254()
    {
        var mail = Read(RawMail.OutlookTurkish);
        Assert.That(mail.Body, Is.EqualTo("Teşekkürler, şimdi çalışıyor."));
        Assert.That(mail.Quoted, Does.Contain("Konu: Fatura"));
    }

    [Test]
    public void A_forward_is_the_matter_itself_and_its_files_have_their_names()
    {
        var mail = Read(RawMail.Forward);
        Assert.That(mail.Body, Does.StartWith("Please look at this.").And.Contains("It burns."));
        Assert.That(mail.Quoted, Is.Null);
        Assert.That(mail.Files, Has.Count.EqualTo(3));
    }

    [TestCase("text/plain; charset=iso-8859-9", "iso-8859-9")]
    [TestCase("text/plain; charset=windows-1254", "windows-1254")]
    [TestCase("text/plain; charset=utf-8", "utf-8")]
    [TestCase("text/plain", "utf-8")]
    [TestCase("text/plain; charset=no-such-thing", "utf-8")]
    public void Letters_of_every_charset(string type, string charset)
    {
        var head = Encoding.ASCII.GetBytes($"From: a@example.org\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
        Assert.That(Read([.. head, .. Encoding.GetEncoding(charset).GetBytes("Şişli'de ığdır öğün")]).Body, Is.EqualTo("Şişli'de ığdır öğün"));
    }

    [TestCase("Thanks.\n\n-----Original Message-----\nFrom: x\n\nOld", "Thanks.")]
    [TestCase("Thanks.\n\nOn 2 Mar 2026, at 10:00, HelpDesk <a@b.c> wrote:\n\n> Old", "Thanks.")]
    [TestCase("Sağ olun.\n\nHelpDesk <a@b.c> şunları yazdı (2 Mar 2026 10:00):\n\n> Eski", "Sağ olun.")]
    [TestCase("Sağ olun.\n\n2.03.2026 10:00 tarihinde HelpDesk yazdı:\n> Eski", "Sağ olun.")]
    [TestCase("Sağ olun.\n\n-----Özgün İleti-----\nKimden: x\n\nEski", "Sağ olun.")]
    [TestCase("Kiitos.\n\nma 2. maaliskuuta 2026 klo 10.00 HelpDesk (a@b.c) kirjoitti:\n\n> Vanha", "Kiitos.")]
    [TestCase("Kiitos.\n\nHelpDesk kirjoitti 2.3.2026 klo 10.00:\n> Vanha", "Kiitos.")]
    [TestCase("Kiitos.\n\nLähettäjä: HelpDesk\nLähetetty: 2.3.2026\nVastaanottaja: Ada\nAihe: x\n\nVanha", "Kiitos.")]
    [TestCase("Thanks.\n\nOn Mon, Ada wrote:\n> Old", "Thanks.")]
    [TestCase("Thanks.\nOn Mon, Ada\nLovelace wrote:\n\n> Old", "Thanks.")]
    [TestCase("Kiitos.\n\nMatti Meikäläinen kirjoitti:\n> Vanha", "Kiitos.")]
    [TestCase("Sağ olun.\n\nAyşe Yılmaz şunları yazdı:\n> Eski", "Sağ olun.")]
    [TestCase("Thanks.\n\nI quote:\n> Old", "Thanks.\n\nI quote:")]
    [TestCase("On Mon, Ada wrote:\n> Old", "On Mon, Ada wrote:\n> Old")]
    [TestCase("On Mon, Ada wrote:\nwhat is not quoted", "On Mon, Ada wrote:\nwhat is not quoted")]
    [TestCase("> Old\n> lines\n\nBelow it.", "> Old\n> lines\n\nBelow it.")]
    [TestCase("On 2 Mar 2026, at 10:00, HelpDesk wrote:\n> Old\n> lines\n\nBelow it.", "Below it.")]
    [TestCase("On 2 Mar 2026, at 10:00, HelpDesk wrote:\n> One?\nYes.\n> Two?\nNo.", "On 2 Mar 2026, at 10:00, HelpDesk wrote:\n> One?\nYes.\n> Two?\nNo.")]
    [TestCase("On 2 Mar 2026, at 10:00, HelpDesk wrote:\n> Old", "On 2 Mar 2026, at 10:00, HelpDesk wrote:\n> Old")]
    [TestCase("On Monday I wrote: nothing.\nFrom: the start it was bad.", "On Monday I wrote: nothing.\nFrom: the start it was bad.")]
    public void What_is_quoted_is_told_from_what_is_new(string body, string fresh) => Assert.That(Read(RawMail.Of(body: body)).Body, Is.EqualTo(fresh));

    [TestCase("<p>One</p><script>alert(1)</script><p>Two &amp; three</p>", "One\n\nTwo & three")]
    [TestCase("<ul><li>a</li><li>b</li></ul>after<br>that", "- a\n- b\n\nafter\nthat")]
    [TestCase("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [TestCase("<a href='javascript:alert(1)'>x</a><img alt='cat' src='http://t.example/p.gif'>", "x[cat]")]
    [TestCase("<blockquote>told<br>twice</blockquote>new", "> told\n> twice\n\nnew")]
    [TestCase("<div><style>x{}</style>no end<div><div><p", "no end")]
    public void HTML_is_read_as_words(string html, string words) =>
        Assert.That(Read($"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n{html}\n").Body, Is.EqualTo(words));

    [TestCase("Auto-Submitted: auto-replied", true)]
    [TestCase("Auto-Submitted: no", false)]
    [TestCase("Precedence: bulk", true)]
    [TestCase("X-Auto-Response-Suppress: OOF", true)]
    [TestCase("List-Id: <users.example.org>", true)]
    [TestCase("List-Id: Support <support.desk.example>\nPrecedence: list", false)]
    [TestCase("Return-Path: <>", true)]
    [TestCase("Return-Path: <ada@example.org>", false)]
    public void Machines_are_told_by_their_headers(string header, bool isAutomated) => Assert.That(Read(RawMail.Of(more: header)).IsAutomated, Is.EqualTo(isAutomated));

    [TestCase("mx.example; dmarc=fail header.from=example.org", true)]
    [TestCase("mx.example; spf=pass;\n\tdmarc\t=\tfail", true)]
    [TestCase("mx.example; spf=pass;\n dmarc\n\t=\n\tfail", true)]
    [TestCase("mx.example; dmarc (p=reject) = fail", true)]
    [TestCase("mx.example; dmarc=(p=reject (or none))fail", true)]
    [TestCase("mx.example; dmarc=\"fail\"", true)]
    [TestCase("mx.example; DMARC/1 = FAIL", true)]
    [TestCase("mx.example; (unbalanced; dmarc=fail", true)]
    [TestCase("mx.example; dmarc (dis=none) = pass", false)]
    [TestCase("mx.example; spf=fail; dmarc=none", false)]
    public void A_failed_check_is_seen_however_it_is_written(string results, bool isDoubtful) =>
        Assert.That(Read(RawMail.Of(more: $"Authentication-Results: {results}")).IsDoubtful, Is.EqualTo(isDoubtful));

    private static ReceivedMail Read(string mail) => Read(RawMail.Bytes(mail));

    private static ReceivedMail Read(byte[] raw) => new MailReading(new(1_000_000, null, ["support.desk.example"])).Read(new MemoryStream(raw), default);
}
