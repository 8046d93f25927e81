using System.Collections.Frozen;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler.Resolvers;
using HelpDesk.Database;

namespace HelpDesk.Delivery;

/// <summary>Messages from templates. A template is compiled when it is first needed, then filled in within microseconds.</summary>
internal sealed class Rendering(Languages languages)
{
    private static readonly FrozenDictionary<(MessageKind Kind, string Language), Lazy<Template>> Templates =
        (from kind in Enum.GetValues<MessageKind>()
         from language in Languages.All
         select (kind, language.Code)).ToFrozenDictionary(key => key, key => new Lazy<Template>(() => Compile(key.kind, key.Code)));

    public RenderedMessage Render(MessageKind kind, string? locale, MessageModel model)
    {
        var template = Templates[(kind, languages.For(locale).Code)].Value;
        return new(SingleLine.Of(template.Subject(model)), template.Text(model), template.Html(model));
    }

    private static Template Compile(MessageKind kind, string language)
    {
        var source = TemplateSource.Parse(Read($"{language}.{kind.Word()}"), Read("layout"), language);
        var plain = Handlebars.Create(Configuration(noEscape: true));
        var html = Handlebars.Create(Configuration(noEscape: false));
        return new(plain.Compile(source.Subject), plain.Compile(source.Text), html.Compile(source.Html));
    }

    private static string Read(string name)
    {
        var resource = $"HelpDesk.Delivery.Templates.{name}.hbs";
        using var file = typeof(Rendering).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The template {resource} is not in the assembly.");
        return new StreamReader(file).ReadToEnd();
    }

    private static HandlebarsConfiguration Configuration(bool noEscape) => new()
    {
        NoEscape = noEscape,
        TextEncoder = noEscape ? null : new HtmlText(),
        // A misspelt name in a template is an error, not an empty place in a customer's mail.
        ThrowOnUnresolvedBindingExpression = true,
        ExpressionNameResolver = new UpperCamelCaseExpressionNameResolver(),
    };

    private sealed record Template(
        HandlebarsTemplate<object, object> Subject, HandlebarsTemplate<object, object> Text, HandlebarsTemplate<object, object> Html);
}

/// <summary>A message in words: the subject on one line, the text as it is, the HTML escaped.</summary>
internal sealed record RenderedMessage(string Subject, string Text, string Html);
