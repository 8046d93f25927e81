using HelpDesk.Web;
using System.Text;
using HelpDesk.Attachments;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Attachments;

/// <summary>What a file is, what it may be called, and what the configuration takes.</summary>
internal sealed class FileTests
{
    [TestCase("\u0089PNG\r\n\u001a\n", "image/jpeg", "image/png")]
    [TestCase("\u00FF\u00D8\u00FF\u00E0", null, "image/jpeg")]
    [TestCase("GIF89a", "image/png", "image/gif")]
    [TestCase("RIFF1234WEBPVP8 ", "text/html", "image/webp")]
    [TestCase("%PDF-1.7", "text/plain", "application/pdf")]
    [TestCase("PK\u0003\u0004", "image/png", "application/zip")]
    [TestCase("PK\u0003\u0004", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [TestCase("PK\u0003\u0004", "application/msword", "application/zip")]
    [TestCase("hello", null, "text/plain")]
    [TestCase("a;b\r\n1;2", "text/csv", "text/csv")]
    [TestCase("{\"a\":1}", "application/json", "application/json")]
    [TestCase("<html><script>", "text/html", "text/plain")]
    [TestCase("<svg onload=x>", "image/svg+xml", "text/plain")]
    [TestCase("hello", "image/png", "text/plain")]
    [TestCase("\u0000\u0001\u0002", "image/png", "application/octet-stream")]
    [TestCase("MZ\u0090\u0000", "application/pdf", "application/octet-stream")]
    [TestCase("", "text/plain", "application/octet-stream")]
    public void A_type_is_read_from_the_bytes(string latin1, string? declared, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        var text = new FileType.TextReader();
        text.Read(bytes);
        text.Read([], last: true);
        Assert.That(FileType.Of(bytes, text.IsText, declared), Is.EqualTo(expected));
    }

    [TestCase("héllo ışık 漢字 😀\n", true)]
    [TestCase("bell \u0007", false)]
    public void Text_is_UTF_8_wherever_it_is_cut(string words, bool expected)
    {
        var text = new FileType.TextReader();
        foreach (var one in Encoding.UTF8.GetBytes(words)) text.Read([one]);
        text.Read([], last: true);
        Assert.That(text.IsText, Is.EqualTo(expected));
    }

    [Test]
    public void Half_a_letter_is_no_text()
    {
        var text = new FileType.TextReader();
        text.Read("ışı"u8);
        text.Read([0xC4]);
        text.Read([], last: true);
        Assert.That(text.IsText, Is.False);
    }

    [TestCase("photo.png", "photo.png")]
    [TestCase("../../etc/passwd", "passwd")]
    [TestCase("C:\\Users\\ada\\fatura.pdf", "fatura.pdf")]
    [TestCase("a\u0000b\r\nc\t.txt", "abc.txt")]
    [TestCase("exe\u202Egpj.jpg", "exegpj.jpg")]
    [TestCase("a\u200Bb\u2066c.txt", "abc.txt")]
    [TestCase("what?\"<is>|:*.txt", "what___is____.txt")]
    [TestCase("  ..hidden. ", "hidden")]
    [TestCase("..", "file")]
    [TestCase("/", "file")]
    [TestCase("", "file")]
    [TestCase(null, "file")]
    [TestCase("ı̇şık.txt", "ı̇şık.txt")]
    [TestCase("e\u0301.txt", "é.txt")]
    public void A_name_is_made_harmless(string? given, string expected) => Assert.That(FileNames.Of(given), Is.EqualTo(expected));

    [Test]
    public void A_long_name_keeps_its_extension()
    {
        Assert.That(FileNames.Of(new string('x', 500) + ".pdf"), Has.Length.EqualTo(200).And.EndsWith("x.pdf"));
        Assert.That(FileNames.Of(string.Concat(Enumerable.Repeat("😀", 300))), Has.Length.EqualTo(200));
    }

    [TestCase("Attachments:MaxBytes", "0")]
    [TestCase("Attachments:MaxBytes", "25MB")]
    [TestCase("Attachments:MaxRequestBytes", "1")]
    [TestCase("Attachments:MaxPerTicket", "-1")]
    [TestCase("Attachments:Types", "png")]
    public void A_setting_that_cannot_be_is_refused_by_its_key(string key, string value) =>
        Assert.That(() => Options((key, value)), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith(key));

    [TestCase("*/*", "application/zip", true)]
    [TestCase("image/*, application/pdf", "image/png", true)]
    [TestCase("image/*,application/pdf", "application/pdf", true)]
    [TestCase("image/*,application/pdf", "text/plain", false)]
    public void Types_are_taken_one_by_one_or_by_kind(string types, string type, bool taken) => Assert.That(Options(("Attachments:Types", types)).Takes(type), Is.EqualTo(taken));

    private static AttachmentOptions Options(params (string Key, string Value)[] settings) => AttachmentOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build());
}
