using System.Net;
using System.Text;
using HelpDesk.Inbound;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Inbound;

/// <summary>A header field in very many lines is not read: that would keep a server busy.</summary>
internal sealed class FieldWorkTests : InboundFixture
{
    [TestCase("To: {0}", "a@example.org,\r\n ", 5_000, false)]
    [TestCase("To: {0}", "a@example.org,\r\n ", 60_000, true)]
    [TestCase("X-Any: {0}", "\ta\n", 100_000, true)]
    [TestCase("X-Any: {0}", "a", 1_900_000, false)]
    [TestCase("X-Any: {0}", "a", 9_000_000, true)]
    [TestCase("garbage {0}", "a\r\n ", 100_000, true)]
    [TestCase("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX-Any : {0}", "a\r\n ", 100_000, true)]
    [TestCase("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nTo: {0}", "a\r\n ", 100_000, true)]
    [TestCase("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type:\n MESSAGE/rfc822\n\nTo: {0}", "a\n ", 100_000, true)]
    [TestCase("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/xml\r\n\r\n<all>\r\n{0}", "  <one/>\r\n", 200_000, false)]
    [TestCase("Subject: x\r\n\r\nIndented:\r\n{0}", "  more of it\r\n", 100_000, false)]
    [TestCase("Subject: x\r\n\r\nWords:\r\n{0}", "Words: and more\r\n", 100_000, false)]
    public void What_reading_would_cost_is_told_before(string mail, string piece, int times, bool isTooMuch)
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, mail, new StringBuilder().Insert(0, piece, times));
        using var raw = new MemoryStream(Encoding.ASCII.GetBytes($"From: a@example.org\r\n{text}"));
        Assert.That((FieldWork.IsTooMuch(raw), raw.Position), Is.EqualTo((isTooMuch, 0)));
    }

    [Test]
    public async Task Such_a_mail_is_refused_in_words()
    {
        var problem = await Mail($"From: ada@example.org\nX-Any: {string.Concat(Enumerable.Repeat("a\n ", 300_000))}\n\nWords.\n").Problem(HttpStatusCode.BadRequest, "malformed");
        Assert.That((string?)problem["detail"], Does.EndWith("its header fields have more lines than can be read."));
    }

    [Test]
    public async Task Nor_is_a_report_that_hides_them()
    {
        var fields = Convert.ToBase64String(Encoding.ASCII.GetBytes($"Reporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1\nX-Any: {string.Concat(Enumerable.Repeat("a\n ", 100_000))}\n"), Base64FormattingOptions.InsertLineBreaks);
        var filed = await Filed(
            $"From: eve@example.org\nMessage-ID: <r1@x.y>\nIn-Reply-To: <any@x.y>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
            + $"--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n{fields}\n--b--\n");
        Assert.That((string?)filed["outcome"], Is.EqualTo("ticket"));
    }
}
