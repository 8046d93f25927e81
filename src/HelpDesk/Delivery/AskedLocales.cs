using System.Reflection;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Delivery;

/// <summary>
/// The locales that a request asks for, the best first: <c>?lang=</c>, then Accept-Language. For answers whose words are the desk's operators' own, in whatever
/// languages these wrote them.
/// </summary>
internal sealed record AskedLocales(IReadOnlyList<string?> Wanted) : IEndpointParameterMetadataProvider
{
    private static readonly QueryFilter Filter = new(
        AskedLanguage.Parameter, "The language that the words should be in, BCP 47. Before Accept-Language; then the desk's own. Each item says which it has.", Example: "fi", IsList: false);

    public static ValueTask<AskedLocales> BindAsync(HttpContext context)
    {
        context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return ValueTask.FromResult(new AskedLocales([.. AskedLanguage.Wanted(context)]));
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(Filter);
}
