using System.Text.RegularExpressions;
using HelpDesk.Delivery;
using HelpDesk.Templates;
using HelpDesk.Web;

namespace HelpDesk.Tests.Templates;

/// <summary>Whatever is put together of what templates are made of is refused with a place, or is filled in; also as HTML, which then stands well.</summary>
internal sealed partial class GarbageTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{", "}", "{{{", "\\", "{{subject}}", "{{ customerName }}", "{{nobody}}", "{{items}}", "{{what}}", "{{newDate}}", "{{#if reason}}", "{{#if hasNewDate}}",
        "{{#unless customerName}}", "{{#each items}}", "{{else}}", "{{/if}}", "{{/unless}}", "{{/each}}", "{{~", "{{!x}}", "{{> x}}", "{{../subject}}", "{{#if items}}", "words ", "- ",
        "\n", "\n\n", "\r\n", " ", "<p>", "</p>", "<b>", "</b>", "<br>", "<", ">", "&", "<script>", "<a href=\"{{publicUrl}}\">", "</a>", "<a href=\"", "\"", "'", "ä", "\u2028", "😀",
        "{{#each items}}\n- {{what}}: {{newDate}}{{#if oldDate}}, {{oldDate}}{{/if}}\n{{/each}}\n", "{{#if reason}}\n{{reason}}\n{{/if}}\n", "{{#if reason}}x{{else}}y{{/if}}",
    ];

    private const int Many = 3_000;
    private const int Seed = 20_261_122;

    private static readonly Languages Languages = new("en");

    [Test]
    public void Garbage_is_refused_with_its_place_or_filled_in()
    {
        var (taken, refused, random) = (0, 0, new Random(Seed));
        for (var times = 0; times < Many; times++)
        {
            var (text, html) = (Garbage(random), Garbage(random));
            var kind = random.Next(3) == 0 ? MessageKind.FollowUp : MessageKind.Resolution;
            if (Try(new(kind, "en", "s", text)) && Try(new(kind, "en", "s", text, html))) taken++;
            else refused++;
        }

        Assert.That(Math.Min(taken, refused), Is.GreaterThan(30), $"taken {taken}, refused {refused}");
    }

    private static string Garbage(Random random) => string.Concat(random.GetItems(Pieces, random.Next(1, 9))) + " end";

    private static bool Try(TemplateDefinition given)
    {
        TemplateDefinition kept;
        try
        {
            kept = TemplateRules.Read(given, Languages);
        }
        catch (Refusal refusal)
        {
            Assert.That(refusal.Errors!.Values.SelectMany(rules => rules), Is.Not.Empty.And.All.Match("^line [0-9]+, column [0-9]+: |^must not be (empty|blank)"));
            return false;
        }

        var template = CompiledTemplate.Of(TemplateSource.Of(kept.Subject, kept.Text, kept.Html), "en");
        foreach (var isWhole in new[] { true, false })
        {
            var message = template.Render(MessageShape.Of(kept.Kind).Sample(Languages.For("en"), isWhole));
            Assert.That(message.Text, Is.Not.Empty.And.Not.Contain("{{"));
            Balanced(message.Html[message.Html.IndexOf("<body", StringComparison.Ordinal)..]);
        }

        return true;
    }

    private static void Balanced(string html)
    {
        var open = new Stack<string>();
        foreach (Match tag in Element().Matches(html))
        {
            var name = tag.Groups[2].Value;
            if (name is "br" or "html") continue;
            if (tag.Groups[1].Length == 0) open.Push(name);
            else Assert.That(open.Pop(), Is.EqualTo(name), html);
        }

        Assert.That(open, Is.Empty, html);
    }

    [GeneratedRegex("<(/?)([a-z0-9]+)[^<>]*>")]
    private static partial Regex Element();
}
