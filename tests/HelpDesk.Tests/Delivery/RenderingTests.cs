using System.Text.RegularExpressions;
using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

public sealed partial class RenderingTests
{
    private static readonly Rendering Rendering = new(new("en"));

    private static IEnumerable<TestCaseData> EveryMessage() =>
        from kind in Enum.GetValues<MessageKind>()
        from language in Languages.All
        select new TestCaseData(kind, language.Code);

    private static MessageModel Full(string mark = "") => new()
    {
        CustomerName = mark + "Aino",
        TicketNumber = 42,
        Subject = mark + "Printer",
        DeskName = mark + "Desk",
        PublicUrl = mark + "https://desk.example.com/t/abc",
        Reason = mark + "reason",
        Remedy = mark + "remedy",
        Body = mark + "body",
        WaitingFor = mark + "waiting",
        CalledIn = mark + "Liisa",
        Items =
        [
            new() { What = mark + "first", OldDate = mark + "old", NewDate = mark + "new" },
            new() { What = mark + "second", OldDate = mark + "old", NoNewDate = true },
        ],
    };

    /// <summary>Amends are never made without a word; all else may be missing.</summary>
    private static MessageModel Bare(MessageKind kind) => new() { TicketNumber = 42, Subject = "Printer", DeskName = "Desk", Body = kind == MessageKind.Remedy ? "body" : null };

    [TestCaseSource(nameof(EveryMessage))]
    public void Every_kind_reads_whole_in_every_language(MessageKind kind, string locale)
    {
        foreach (var model in new[] { Full(), Bare(kind) })
        {
            var message = Rendering.Render(kind, locale, model);
            Assert.Multiple(() =>
            {
                Assert.That(message.Subject, Does.Contain("Printer").And.EndsWith("[#42]"));
                Assert.That(message.Text, Does.EndWith("\nDesk\n").And.Not.Contain("{").And.Not.Contain("\n\n\n").And.Not.Match(@"[ \t]\n|: *\n *\n *$| ,|\(\)"));
                Assert.That(message.Html, Does.Contain($"<html lang=\"{locale}\">").And.Contain($"<title>{HtmlText.Escape(message.Subject)}</title>").And.Not.Contain("{"));
                Assert.That(TextOf(message.Html), Is.EqualTo(Words(message.Text)), "both parts say the same");
            });
        }
    }

    [TestCaseSource(nameof(EveryMessage))]
    public void No_value_becomes_markup_and_the_text_part_keeps_it_as_it_was(MessageKind kind, string locale)
    {
        const string mark = "<script>\"'&";
        var message = Rendering.Render(kind, locale, Full(mark));
        Assert.Multiple(() =>
        {
            Assert.That(message.Html, Does.Not.Contain("<script").And.Not.Contain(mark));
            Assert.That(message.Html, Does.Contain("&lt;script&gt;&quot;&#39;&amp;Desk"));
            Assert.That(message.Text, Does.Contain(mark + "Desk").And.Not.Contain("&lt;"));
            Assert.That(message.Subject, Does.Contain(mark + "Printer"));
        });
    }

    [Test]
    public void Every_field_is_said_where_it_belongs()
    {
        var said = Enum.GetValues<MessageKind>().ToDictionary(kind => kind, kind => Rendering.Render(kind, "en", Full()).Text);
        Assert.Multiple(() =>
        {
            Assert.That(said[MessageKind.Acknowledgement], Does.Contain("Aino").And.Contain("#42").And.Contain("first: by new").And.Contain("https://desk.example.com/t/abc"));
            Assert.That(said[MessageKind.Promise], Does.Contain("first: by new; we had said old"));
            Assert.That(said[MessageKind.Paused], Does.Contain("waiting for: waiting").And.Contain("first, until now promised by old"));
            Assert.That(said[MessageKind.Resumed], Does.Contain("first: by new"));
            Assert.That(said[MessageKind.Reply], Does.StartWith("body\n").And.Contain("first: by new"));
            Assert.That(said[MessageKind.FollowUp], Does.Contain("reason").And.Contain("first: now by new; we had said old").And.Contain("second: we had said old, and that date may not hold").And.Contain("called in Liisa"));
            Assert.That(said[MessageKind.Recovery], Does.Contain("We are sorry").And.Contain("reason").And.Contain("remedy").And.Contain("first: promised by old; now by new").And.Contain("called in Liisa"));
            Assert.That(said[MessageKind.Resolution], Does.Contain("body"));
            Assert.That(said[MessageKind.Remedy], Does.Contain("make up for it:\n\nbody\n").And.Contain("first: by new"));
            Assert.That(said[MessageKind.Merged], Does.Contain("first: by new; we had said old"));
            Assert.That(said[MessageKind.Reopened], Does.Contain("first: by new"));
        });
    }

    [Test]
    public void A_follow_up_past_the_cap_says_in_its_subject_that_the_date_may_not_hold()
    {
        var model = new MessageModel { TicketNumber = 42, Subject = "Printer", DeskName = "Desk", Items = [new() { What = "Solution", OldDate = "Monday", NoNewDate = true }] };
        Assert.Multiple(() =>
        {
            Assert.That(Rendering.Render(MessageKind.FollowUp, "en", model).Subject, Is.EqualTo("The date we gave you may not hold: Printer [#42]"));
            Assert.That(Rendering.Render(MessageKind.FollowUp, "fi", model).Subject, Is.EqualTo("Lupaamamme aika ei ehkä pidä: Printer [#42]"));
            Assert.That(Rendering.Render(MessageKind.FollowUp, "tr", model).Subject, Is.EqualTo("Verdiğimiz tarihe yetişemeyebiliriz: Printer [#42]"));
        });
    }

    [Test]
    public void Line_breaks_stay_in_a_text_and_leave_a_subject_or_name()
    {
        var model = new MessageModel
        {
            TicketNumber = 42,
            Subject = "Printer\r\nBcc: eve@example.org",
            CustomerName = "Aino\n\nYour password has expired",
            DeskName = "Desk",
            Body = "one\n\ntwo",
        };
        var reply = Rendering.Render(MessageKind.Reply, "en", model);
        Assert.Multiple(() =>
        {
            Assert.That(reply.Subject, Is.EqualTo("Re: Printer  Bcc: eve@example.org [#42]"));
            Assert.That(reply.Text, Does.StartWith("one\n\ntwo\n"));
            Assert.That(reply.Html, Does.Contain("one<br>\n<br>\ntwo"));
            Assert.That(Rendering.Render(MessageKind.Acknowledgement, "en", model).Text, Does.StartWith("Hello Aino  Your password has expired,\n"));
        });
    }

    [TestCase("tr", "tr")]
    [TestCase("tr-CY", "tr")]
    [TestCase("TR-Latn-CY", "tr")]
    [TestCase("fi_FI", "fi")]
    [TestCase("en-GB", "en")]
    [TestCase("de-AT", "fi")]
    [TestCase("trv", "fi")]
    [TestCase("", "fi")]
    [TestCase(null, "fi")]
    public void A_locale_falls_back_to_its_parents_then_to_the_desks(string? locale, string language) =>
        Assert.That(new Languages("fi-FI").For(locale).Code, Is.EqualTo(language));

    [TestCase(null)]
    [TestCase("de")]
    public void A_desk_whose_own_language_is_not_known_writes_English(string? deskLocale) =>
        Assert.That(new Languages(deskLocale).For("sv").Code, Is.EqualTo("en"));

    private static string TextOf(string html)
    {
        var body = html[html.IndexOf("<body", StringComparison.Ordinal)..];
        return Words(Tag().Replace(body.Replace("<li", "- <li", StringComparison.Ordinal), "")
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&#39;", "'", StringComparison.Ordinal));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
