using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web;

/// <summary>JSON is UTF-8, whatever older standards let a client say of it.</summary>
internal static class Utf8Bodies
{
    public static IApplicationBuilder UseUtf8(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.Charset.HasValue || !IsJson(type)) return next(http);
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? next(http) : throw new Refusal(
            StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body is of a kind that is not read here", "Send JSON as UTF-8: any other charset is not read.");
    });

    private static bool IsJson(MediaTypeHeaderValue type) => type.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
