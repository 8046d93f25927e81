using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Web;

namespace HelpDesk.Templates;

/// <summary>What a template must be to be stored: written in the few tags there are, of placeholders there are, saying what it is for, and never empty.</summary>
internal static class TemplateRules
{
    private const int MostFaults = 10;

    /// <summary>The definition as it is kept, or a refusal that names members, lines and columns.</summary>
    public static TemplateDefinition Read(TemplateDefinition given, Languages languages)
    {
        // Lines end as the desk ends them, so that each is counted as whoever wrote it sees it.
        given = given with { Text = given.Text.ReplaceLineEndings("\n"), Html = given.Html?.ReplaceLineEndings("\n") };
        var errors = new Dictionary<string, string[]>();
        if (!Locales.IsKnown(given.Locale)) errors["locale"] = [Locales.Rule];
        var shape = MessageShape.Of(given.Kind);
        Check("subject", given.Subject, faults => CheckSubject(shape, given.Subject, faults), errors);
        Check("text", given.Text, faults => CheckText(shape, given, faults), errors);
        if (given.Html is { } html) Check("html", html, faults => CheckHtml(shape, html, faults), errors);
        if (errors.Count == 0) Try(given, shape, languages, errors);
        return errors.Count == 0 ? given with { Locale = Canonical(given.Locale) } : throw Refusal.Invalid(errors);
    }

    /// <summary>As BCP 47 recommends it: language and the rest in lower case, a script capitalised, a region in capitals.</summary>
    public static string Canonical(string locale)
    {
        var parts = locale.ToLowerInvariant().Split('-');
        for (var index = 1; index < parts.Length && parts[index].Length > 1; index++)
        {
            if (parts[index].Length == 2) parts[index] = parts[index].ToUpperInvariant();
            else if (parts[index].Length == 4 && char.IsAsciiLetter(parts[index][0])) parts[index] = char.ToUpperInvariant(parts[index][0]) + parts[index][1..];
        }

        return string.Join('-', parts);
    }

    private static void Check(string member, string source, Action<List<Fault>> check, Dictionary<string, string[]> errors)
    {
        var faults = new List<Fault>();
        check(faults);
        if (faults.Count > 0) errors[member] = [.. faults.OrderBy(fault => fault.At).Take(MostFaults).Select(fault => fault.In(source))];
    }

    private static void CheckSubject(MessageShape shape, string subject, List<Fault> faults)
    {
        var broken = SingleLine.FirstBreak(subject);
        if (broken >= 0) faults.Add(new(broken, "a subject is one line, without control characters"));
        TagWalk.Check(shape, TemplateTag.In(subject, faults), faults);
    }

    private static void CheckText(MessageShape shape, TemplateDefinition given, List<Fault> faults)
    {
        var tags = TemplateTag.In(given.Text, faults);
        var said = TagWalk.Check(shape, tags, faults);
        if (faults.Count > 0) return;
        CheckSaid(shape, said, faults);
        if (given.Html is null) ParagraphRules.Check(given.Text, tags, faults);
    }

    private static void CheckHtml(MessageShape shape, string html, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(html)) faults.Add(new(0, "must not be blank: left out, it is derived from the text"));
        var tags = TemplateTag.In(html, faults);
        var said = TagWalk.Check(shape, tags, faults);
        if (faults.Count > 0) return;
        CheckSaid(shape, said, faults);
        HtmlWalk.Check(shape, html, tags, faults);
    }

    private static void CheckSaid(MessageShape shape, IReadOnlySet<string> said, List<Fault> faults)
    {
        foreach (var placeholder in shape.Placeholders)
        {
            if (placeholder.MustBeSaid && !said.Contains(placeholder.Name)) faults.Add(new(0, $"{{{{{placeholder.Name}}}}} must be said: without it a {shape.Kind.Word()} is not what it is sent for"));
            foreach (var member in placeholder.Members.Where(member => member.MustBeSaid && !said.Contains($"{placeholder.Name}.{member.Name}")))
            {
                faults.Add(new(0, $"{{{{{member.Name}}}}} must be said within {{{{#each {placeholder.Name}}}}}: what is promised in a {shape.Kind.Word()} is told in it"));
            }
        }
    }

    /// <summary>With every value, and with none that may be missing.</summary>
    private static void Try(TemplateDefinition given, MessageShape shape, Languages languages, Dictionary<string, string[]> errors)
    {
        var compiled = CompiledTemplate.Of(TemplateSource.Of(given.Subject, given.Text, given.Html), given.Locale);
        foreach (var isWhole in new[] { true, false })
        {
            var message = compiled.Render(shape.Sample(languages.For(given.Locale), isWhole));
            var when = isWhole ? "with every value there" : "where optional values are missing";
            if (string.IsNullOrWhiteSpace(message.Subject)) errors["subject"] = [$"must not be empty {when}"];
            if (string.IsNullOrWhiteSpace(message.Text)) errors["text"] = [$"must not be empty {when}"];
        }
    }
}
