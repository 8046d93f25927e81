using System.Reflection;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Delivery;

/// <summary>
/// The language that a request asks for: <c>?lang=</c>, else Accept-Language, else the desk's own. Take it as a parameter of a handler whose answer has sentences;
/// the answer then says which language they are in.
/// </summary>
internal sealed record AskedLanguage(Language Language) : IEndpointParameterMetadataProvider
{
    public const string Parameter = "lang";

    private static readonly QueryFilter Filter = new(
        Parameter, "The language of the sentences, BCP 47: en, tr or fi. Before Accept-Language; where neither is one of them, the desk's own. Content-Language says which it is.",
        Example: "fi", IsList: false);

    public static ValueTask<AskedLanguage> BindAsync(HttpContext context)
    {
        var asked = new AskedLanguage(Of(context));
        context.Response.Headers.ContentLanguage = asked.Language.Code;
        context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return ValueTask.FromResult(asked);
    }

    /// <summary>For whoever sets headers of her own.</summary>
    public static Language Of(HttpContext http) => http.RequestServices.GetRequiredService<Languages>().First(Wanted(http));

    /// <summary>The locales that are asked for, the best first.</summary>
    public static IEnumerable<string?> Wanted(HttpContext http)
    {
        var named = http.Request.Query[Parameter];
        if (named.Count == 0) return Accepted(http);
        return named is [{ } one] && Locales.IsKnown(one) ? Accepted(http).Prepend(one) : throw Refusal.Invalid(Parameter, Locales.Rule);
    }

    /// <summary>What a browser says its reader can read, the best first; what she refuses (q=0) is left out.</summary>
    private static IEnumerable<string?> Accepted(HttpContext http) =>
        !StringWithQualityHeaderValue.TryParseList([.. http.Request.Headers.AcceptLanguage.OfType<string>()], out var list) ? []
        : list.Where(each => each.Quality is not 0).OrderByDescending(each => each.Quality ?? 1).Select(each => each.Value.Value);

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(Filter);
}
