using HelpDesk.Delivery;
using HelpDesk.Templates;
using HelpDesk.Web;

namespace HelpDesk.Tests.Templates;

/// <summary>What is taken as a template, and what is said of the rest.</summary>
internal sealed class TemplateRulesTests
{
    private const string Dates = "{{#each items}}\n- {{what}} {{newDate}}\n{{/each}}\n";

    private static readonly Languages Languages = new("en");

    [Test]
    public void What_comes_with_the_desk_can_be_stored_as_it_stands()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var kind in Enum.GetValues<MessageKind>())
            {
                foreach (var language in HelpDesk.Delivery.Languages.All)
                {
                    var shipped = ShippedTemplate.Find(kind, language.Code)!.Source;
                    Assert.That(Faults(kind, shipped.Text, shipped.Subject), Is.Empty, $"{kind} {language.Code}");
                    Assert.That(Faults(kind, shipped.Text, shipped.Subject, shipped.Html), Is.Empty, $"{kind} {language.Code} with its HTML");
                }
            }
        }
    }

    [TestCase("{{customrName}}", "line 1, column 1: {{customrName}} is not a placeholder of follow_up; known are customerName, ticketNumber, subject, deskName, publicUrl, items, reason, calledIn, nobodyCalledIn, hasNewDate, lacksNewDate")]
    [TestCase("Hello,\n\nthis is {{ customrName }}.", "line 3, column 9: {{customrName}} is not")]
    [TestCase("{{#if customrName}}x{{/if}}", "line 1, column 1: {{#if customrName}} is not")]
    [TestCase("{{body}}", "line 1, column 1: {{body}} is not a placeholder of follow_up")]
    [TestCase("{{#each items}}{{subject}}{{/each}}", "line 1, column 16: {{subject}} is not a placeholder within {{#each items}} of follow_up, though it is outside of it; known are what, oldDate, newDate, noNewDate")]
    [TestCase("{{#each items}}{{when}}{{/each}}", "line 1, column 16: {{when}} is not a placeholder within {{#each items}} of follow_up; known")]
    [TestCase("{{what}}", "line 1, column 1: {{what}} is not a placeholder of follow_up")]
    [TestCase("{{#each items}}{{#each items}}x{{/each}}{{/each}}", "column 16: {{#each items}} is not a placeholder within {{#each items}}")]
    [TestCase("{{items}}", "{{items}} is a list: go through it with {{#each items}}")]
    [TestCase("{{hasNewDate}}", "{{hasNewDate}} is true or false: ask it with {{#if hasNewDate}}")]
    [TestCase("{{#each reason}}x{{/each}}", "reason is none: ask it with {{#if reason}}")]
    [TestCase("{{#if reason}}x", "line 1, column 1: {{#if reason}} is not closed")]
    [TestCase("x{{/if}}", "line 1, column 2: {{/if}} closes nothing")]
    [TestCase("{{#if reason}}x{{/unless}}", "line 1, column 16: {{/unless}} stands where {{/if}} must")]
    [TestCase("{{else}}", "{{else}} stands outside of any block")]
    [TestCase("{{#if reason}}{{else}}{{else}}{{/if}}", "line 1, column 23: {{#if reason}} has an {{else}} already")]
    [TestCase("ab {{{subject}}}", "line 1, column 4: {{{ is not known here")]
    [TestCase("{{&subject}}", "{{&subject}} is not known here")]
    [TestCase("{{subject}}}", "a tag ends in two braces")]
    [TestCase("{{> layout}}", "{{> layout}} is not known here")]
    [TestCase("{{lookup this 'x'}}", "is not known here")]
    [TestCase("{{#with items}}{{/with}}", "{{#with items}} is not known here")]
    [TestCase("{{#each items}}{{../subject}}{{/each}}", "column 16: {{../subject}} is not known here")]
    [TestCase("{{#each items as |item|}}{{/each}}", "is not known here")]
    [TestCase("{{#each items}}{{@index}}{{/each}}", "{{@index}} is not known here")]
    [TestCase("{{subject.length}}", "{{subject.length}} is not known here")]
    [TestCase("{{this}}", "{{this}} is not a placeholder")]
    [TestCase("{{~subject~}}", "is not known here")]
    [TestCase("{{!-- x --}}", "is not known here")]
    [TestCase("{{^if reason}}", "is not known here")]
    [TestCase("{{else if reason}}", "is not known here")]
    [TestCase("{{{{raw}}}}", "{{{ is not known here")]
    [TestCase("\\{{subject}}", "line 1, column 2: a backslash")]
    [TestCase("{{subject", "{{ is not closed")]
    [TestCase("{{subject {{deskName}}", "{{ is not closed")]
    [TestCase("{{}}", "{{}} is not known here")]
    public void A_text_that_is_none_is_refused_with_its_place(string text, string said) =>
        Assert.That(Faults(MessageKind.FollowUp, text)["text"], Has.Some.Contains(said));

    [Test]
    public void Every_unknown_placeholder_is_named_and_none_of_them_hides_another() =>
        Assert.That(Faults(MessageKind.FollowUp, "{{a}}\n{{b}}\n{{#if c}}{{/if}}")["text"].Select(fault => fault[..16]), Is.EqualTo(new[] { "line 1, column 1", "line 2, column 1", "line 3, column 1" }));

    [Test]
    public void Nothing_can_run_away()
    {
        var deep = string.Concat(Enumerable.Repeat("{{#if reason}}", 9)) + string.Concat(Enumerable.Repeat("{{/if}}", 9));
        var many = string.Concat(Enumerable.Repeat("{{#if reason}}x{{/if}}\n\n", 151));
        var often = string.Concat(Enumerable.Repeat("{{body}}\n", 21));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(MessageKind.FollowUp, deep + Dates)["text"], Has.Some.Contains("column 113: blocks stand within each other more than 8 deep"));
            Assert.That(Faults(MessageKind.FollowUp, many + Dates)["text"], Has.Some.Contains("line 301, column 1: there are more than 300 tags"));
            Assert.That(Faults(MessageKind.Resolution, often)["text"], Has.Some.Contains("line 21, column 1: {{body}} is said more than 20 times"));
        }
    }

    [TestCase(MessageKind.FollowUp, "It takes longer.", "{{newDate}} must be said within {{#each items}}: what is promised in a follow_up is told in it")]
    [TestCase(MessageKind.Reply, "Hello.\n" + Dates, "{{body}} must be said")]
    [TestCase(MessageKind.Resolution, "Solved.", "{{body}} must be said")]
    [TestCase(MessageKind.Remedy, "Hello.\n" + Dates, "{{body}} must be said")]
    public void What_a_message_is_sent_for_must_be_said_in_it(MessageKind kind, string text, string said) =>
        Assert.That(Faults(kind, text)["text"], Has.Some.Contains(said));

    [TestCase("a\nb", "line 1, column 2: a subject is one line")]
    [TestCase("a\u2028b", "column 2: a subject is one line")]
    [TestCase("{{#if reason}}x{{/if}}", "must not be empty where optional values are missing")]
    [TestCase("{{#unless reason}}x{{/unless}}", "must not be empty with every value there")]
    [TestCase("  ", "must not be empty")]
    [TestCase("{{nobody}}", "line 1, column 1: {{nobody}} is not a placeholder")]
    public void A_subject_is_one_line_and_never_empty(string subject, string said) =>
        Assert.That(Faults(MessageKind.Paused, "Wait. {{reason}}", subject)["subject"], Has.Some.Contains(said));

    [Test]
    public void A_text_is_never_empty() =>
        Assert.That(Faults(MessageKind.Resolution, "{{#if body}}{{body}}{{/if}}")["text"], Is.EqualTo(new[] { "must not be empty where optional values are missing" }));

    [TestCase("One {{#if reason}}two\n\nthree{{/if}} four", "line 1, column 5: {{#if reason}} begins in one paragraph and has its {{/if}} in another")]
    [TestCase("{{#if reason}}one{{else}}\n- two{{/if}}", "line 1, column 1: {{#if reason}} begins")]
    [TestCase("{{#if reason}}\none{{/if}}", "line 1, column 1: {{#if reason}} begins")]
    public void A_block_across_paragraphs_needs_html_of_its_own(string text, string said)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Faults(MessageKind.Paused, text + "\n\nend")["text"], Has.Some.Contains(said));
            Assert.That(Faults(MessageKind.Paused, text + "\n\nend", html: "<p>Solved.</p>"), Is.Empty);
        }
    }

    [TestCase("sv")]
    [TestCase("de-AT")]
    [TestCase("zh-Hant-TW")]
    public void Any_locale_is_taken(string locale) => Assert.That(TemplateRules.Read(Of(locale: locale.ToUpperInvariant()), Languages).Locale, Is.EqualTo(locale));

    [TestCase("xx")]
    [TestCase("e")]
    [TestCase("de_AT")]
    [TestCase("sv-")]
    public void What_is_no_locale_is_not(string locale) =>
        Assert.That(() => TemplateRules.Read(Of(locale: locale), Languages), Throws.TypeOf<Refusal>().With.Property("Errors").ContainKey("locale"));

    [TestCase(true, "Ada: First answer, Solution, 42 no")]
    [TestCase(false, "nobody: none of 42, 42 no")]
    public void Every_tag_does_what_it_says(bool isWhole, string said)
    {
        const string Text =
            "{{#unless customerName}}nobody{{else}}{{customerName}}{{/unless}}: {{#each items}}{{what}}, {{else}}none of {{ticketNumber}}, {{/each}}{{ticketNumber}} {{#if publicUrl}}no{{else}}no{{/if}}\n{{#each items}}{{newDate}}{{/each}}";
        var template = TemplateRules.Read(Of(MessageKind.Resumed, Text), Languages);
        var message = CompiledTemplate.Of(TemplateSource.Of(template.Subject, template.Text, template.Html), "en").Render(MessageSample.Of(MessageKind.Resumed, new English(), isWhole));
        Assert.That(message.Text.Split('\n')[0], Is.EqualTo(said));
        Assert.That(message.Html, Does.Contain(said));
    }

    [Test]
    public void Lists_in_a_text_become_lists_wherever_they_stand()
    {
        var html = TemplateSource.Of("s", "Before:\n- one\n- two\nafter\n\n{{#each items}}\nWords on {{what}}.\n- {{newDate}}\n{{/each}}\n{{#if reason}}\n- three\n{{/if}}\nSee {{ publicUrl }}.", null).Html;
        Assert.That(System.Text.RegularExpressions.Regex.Replace(html, " style=\"[^\"]*\"", "").Replace("\n", "", StringComparison.Ordinal), Is.EqualTo(
            "<p>Before:</p><ul><li>one</li><li>two</li></ul><p>after</p>{{#each items}}<p>Words on {{what}}.</p><ul><li>{{newDate}}</li></ul>{{/each}}{{#if reason}}<ul><li>three</li></ul>{{/if}}<p>See <a href=\"{{publicUrl}}\">{{publicUrl}}</a>.</p>"));
    }

    private static TemplateDefinition Of(MessageKind kind = MessageKind.Paused, string text = "Solved.", string subject = "Solved", string? html = null, string locale = "en") =>
        new(kind, locale, subject, text, html);

    private static IReadOnlyDictionary<string, string[]> Faults(MessageKind kind, string text, string subject = "Hello", string? html = null)
    {
        try
        {
            TemplateRules.Read(Of(kind, text, subject, html), Languages);
            return new Dictionary<string, string[]>();
        }
        catch (Refusal refusal)
        {
            return refusal.Errors!;
        }
    }
}
