using HelpDesk.Delivery;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Templates;

/// <summary>The templates that come with the desk.</summary>
/// <param name="Items">By kind, then language.</param>
public sealed record DefaultsResponse(IReadOnlyList<DefaultTemplate> Items);

/// <summary>A template that comes with the desk, as it could be stored.</summary>
/// <param name="Kind">What the message is about.</param>
/// <param name="Locale">The language it is written in.</param>
/// <param name="Subject">The subject, with placeholders.</param>
/// <param name="Text">The plain text, with placeholders.</param>
/// <param name="Html">What the text becomes in the body of the HTML part.</param>
public sealed record DefaultTemplate(MessageKind Kind, string Locale, string Subject, string Text, string Html);

internal static class ListDefaults
{
    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        QueryFilter.Of<MessageKind>("kind", "Only templates of this kind; several are alternatives."),
        new("locale", "Only templates in this language; several are alternatives.", Example: "fi"),
    ];

    /// <summary>List the templates that come with the desk</summary>
    /// <remarks>To start from: subject and text can be stored as they stand, in another language too. Each is used as long as nothing is stored in its place.</remarks>
    public static Ok<DefaultsResponse> Handle(HttpContext http)
    {
        var kinds = Words<MessageKind>.FromQuery(http.Request, "kind");
        var locales = QueryValues.Texts(http.Request, "locale");
        var items =
            from kind in kinds.Length > 0 ? kinds : Enum.GetValues<MessageKind>()
            from language in Languages.All
            where locales.Length == 0 || locales.Contains(language.Code, StringComparer.OrdinalIgnoreCase)
            let source = ShippedTemplate.Find(kind, language.Code)!.Source
            select new DefaultTemplate(kind, language.Code, source.Subject, source.Text, source.Html);
        return TypedResults.Ok(new DefaultsResponse([.. items]));
    }
}
