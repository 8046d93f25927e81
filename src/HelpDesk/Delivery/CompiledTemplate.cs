using HandlebarsDotNet;
using HandlebarsDotNet.Compiler.Resolvers;

namespace HelpDesk.Delivery;

/// <summary>A template ready to be filled in, which takes microseconds.</summary>
internal sealed class CompiledTemplate
{
    private readonly HandlebarsTemplate<object, object> subject;
    private readonly HandlebarsTemplate<object, object> text;
    private readonly HandlebarsTemplate<object, object> html;
    private readonly string locale;

    private CompiledTemplate(HandlebarsTemplate<object, object> subject, HandlebarsTemplate<object, object> text, HandlebarsTemplate<object, object> html, string locale) =>
        (this.subject, this.text, this.html, this.locale) = (subject, text, html, locale);

    /// <param name="locale">What it is written in.</param>
    public static CompiledTemplate Of(TemplateSource source, string locale)
    {
        var plain = Handlebars.Create(Configuration(noEscape: true));
        var html = Handlebars.Create(Configuration(noEscape: false));
        return new(plain.Compile(source.Subject), plain.Compile(source.Text), html.Compile(source.Whole(locale)), locale);
    }

    public RenderedMessage Render(object model) => new(SingleLine.Of(subject(model)), text(model), html(model), locale);

    private static HandlebarsConfiguration Configuration(bool noEscape) => new()
    {
        NoEscape = noEscape,
        TextEncoder = noEscape ? null : new HtmlText(),
        // A misspelt name in a template is an error, not an empty place in a customer's mail.
        ThrowOnUnresolvedBindingExpression = true,
        ExpressionNameResolver = new UpperCamelCaseExpressionNameResolver(),
    };
}

/// <summary>A message in words: the subject on one line, the text as it is, the HTML escaped.</summary>
/// <param name="Locale">What it is written in.</param>
internal sealed record RenderedMessage(string Subject, string Text, string Html, string Locale);
