using HelpDesk.Delivery;
using HelpDesk.Templates;
using HelpDesk.Web;

namespace HelpDesk.Tests.Templates;

/// <summary>The HTML of a template is what mail is made of; nothing that acts gets in, from the template or from a value.</summary>
internal sealed class HtmlWalkTests
{
    [TestCase("<p>Solved.</p>")]
    [TestCase("<table width=\"100%\"><tr><td align='left' style=\"color:#333; padding: 4px\">{{subject}}</td></tr></table>")]
    [TestCase("<P>Solved,<BR>{{#if reason}}<b>{{reason}}</b>{{else}}<i>so</i>{{/if}}<hr/></P>")]
    [TestCase("<a href=\"{{publicUrl}}\" title=\"{{subject}}\">{{publicUrl}}</a>")]
    [TestCase("<a href=\"https://example.com/faq?ticket={{ticketNumber}}\">FAQ</a> <a href='mailto:desk@example.com'>us</a> <a href=\"tel:+3581234\">call</a>")]
    [TestCase("<img src=\"https://example.com/logo.png\" alt=\"{{deskName}}\" width=\"120\">")]
    [TestCase("1 > 0, and a &amp; b, { braces } too")]
    [TestCase("<ul>{{#each items}}<li>{{what}}</li>{{else}}<li>none</li>{{/each}}</ul>")]
    public void What_mail_is_made_of_is_taken(string html) => Assert.That(Fault(html), Is.Null);

    [TestCase("<script>alert(1)</script>", "line 1, column 1: <script> is not taken")]
    [TestCase("<p>x</p>\n<SCRIPT SRC=\"https://evil.example/x.js\"></SCRIPT>", "line 2, column 1: <script> is not taken")]
    [TestCase("<style>p{color:red}</style>", "<style> is not taken")]
    [TestCase("<iframe src=\"https://evil.example\"></iframe>", "<iframe> is not taken")]
    [TestCase("<form action=\"https://evil.example\"></form>", "<form> is not taken")]
    [TestCase("<svg></svg>", "<svg> is not taken")]
    [TestCase("<html><body>x</body></html>", "<html> is not taken")]
    [TestCase("<!doctype html><p>x</p>", "line 1, column 1: < does not begin an element")]
    [TestCase("<!-- x --><p>x</p>", "There are no comments")]
    [TestCase("<!--[if mso]><p>x</p><![endif]-->", "There are no comments")]
    [TestCase("<p onclick=\"x()\">x</p>", "column 13: the attribute onclick is not taken on <p>")]
    [TestCase("<img src=\"https://example.com/x.png\" onerror='x()'>", "the attribute onerror is not taken on <img>")]
    [TestCase("<a href=\"javascript:alert(1)\">x</a>", "column 10: a link must be {{publicUrl}}, or begin with https://host/")]
    [TestCase("<a href=\"JaVaScRiPt:alert(1)\">x</a>", "a link must be")]
    [TestCase("<a href=\"&#106;avascript:alert(1)\">x</a>", "a link must be")]
    [TestCase("<a href=\" javascript:alert(1)\">x</a>", "a link must be")]
    [TestCase("<a href=\"data:text/html,x\">x</a>", "a link must be")]
    [TestCase("<a href=\"//evil.example/\">x</a>", "a link must be")]
    [TestCase("<a href=\"{{subject}}\">x</a>", "a link must be")]
    [TestCase("<a href=\"https://{{subject}}/\">x</a>", "a link must be")]
    [TestCase("<a href=\"https://example.com{{subject}}\">x</a>", "a link must be")]
    [TestCase("<a href=\"https://good.example@evil.example/\">x</a>", "a link must be")]
    [TestCase("<a href=\"{{publicUrl}}{{subject}}\">x</a>", "a link must be")]
    [TestCase("<a href={{publicUrl}}>x</a>", "< does not begin an element")]
    [TestCase("<p class=a>x</p>", "< does not begin an element")]
    [TestCase("<p class=\"a\"onclick=\"b\">x</p>", "< does not begin an element")]
    [TestCase("<p/onclick=\"b\">x</p>", "< does not begin an element")]
    [TestCase("<a {{#if reason}}href=\"https://example.com/\"{{/if}}>x</a>", "< does not begin an element")]
    [TestCase("<p title=\"{{#if reason}}x{{/if}}\">x</p>", "blocks stand around elements")]
    [TestCase("<p {{subject}}>x</p>", "< does not begin an element")]
    [TestCase("<p style=\"{{subject}}\">x</p>", "a style must be plain")]
    [TestCase("<p style=\"background:url(https://evil.example)\">x</p>", "a style must be plain")]
    [TestCase("<p style=\"width:expression(x)\">x</p>", "a style must be plain")]
    [TestCase("<p style=\"w\\69dth:1\">x</p>", "a style must be plain")]
    [TestCase("<p class=\"{{subject}}\">x</p>", "no placeholder stands in the attribute class")]
    [TestCase("<img src=\"{{publicUrl}}\">", "a picture must begin with https://")]
    [TestCase("<img src=\"http://example.com/x.png\">", "a picture must begin with https://")]
    [TestCase("a < b", "column 3: < does not begin an element")]
    [TestCase("<p>x", "line 1, column 1: <p> is not closed")]
    [TestCase("x</p>", "line 1, column 2: </p> closes nothing")]
    [TestCase("<p><b>x</p></b>", "column 8: </p> stands where </b> must")]
    [TestCase("<p>{{#if reason}}x</p>{{/if}}", "column 19: </p> closes nothing")]
    [TestCase("{{#if reason}}<p>{{else}}<div>{{/if}}x</p>", "column 15: <p> is not closed before {{else}}")]
    [TestCase("<p/>", "<p/> does not close itself")]
    [TestCase("  ", "must not be blank")]
    [TestCase("<p>{{{subject}}}</p>", "{{{ is not known here")]
    [TestCase("<p>{{nobody}}</p>", "line 1, column 4: {{nobody}} is not a placeholder of resolution")]
    public void What_is_not_is_refused_with_its_place(string html, string said) => Assert.That(Fault(html), Does.Contain(said));

    [Test]
    public void Elements_do_not_stand_within_each_other_without_end() =>
        Assert.That(Fault(string.Concat(Enumerable.Repeat("<div>", 5_000))), Does.Contain("column 251: elements stand within each other more than 50 deep"));

    [Test]
    public void A_value_stays_words_wherever_it_may_stand()
    {
        const string Evil = "\"'><script>alert(1)</script>&`\n{{deskName}}";
        var template = TemplateRules.Read(
            new(MessageKind.Resolution, "en", "s", "t", "<p title=\"{{subject}}\" lang='en'>{{subject}} {{body}}</p><a href=\"https://example.com/{{subject}}\">x</a>"), new("en"));
        var message = CompiledTemplate.Of(TemplateSource.Of(template.Subject, template.Text, template.Html), "en")
            .Render(new MessageModel { TicketNumber = 42, Subject = Evil, DeskName = "Desk", Body = Evil });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Html, Does.Not.Contain("<script").And.Not.Contain("alert(1)</").And.Not.Contain("Desk"));
            Assert.That(message.Html, Does.Contain("title=\"&quot;&#39;&gt;&lt;script&gt;"));
            Assert.That(message.Html, Does.Contain("href=\"https://example.com/&quot;&#39;&gt;"));
        }
    }

    private static string? Fault(string html)
    {
        try
        {
            TemplateRules.Read(new(MessageKind.Resolution, "en", "Solved", "Solved.", html), new("en"));
            return null;
        }
        catch (Refusal refusal)
        {
            return string.Join('\n', refusal.Errors!["html"]);
        }
    }
}
