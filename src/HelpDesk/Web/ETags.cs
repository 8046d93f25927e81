using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web;

/// <summary>
/// Strong entity tags made of a resource's row version. A handler of GET, POST or PATCH says <c>http.SetETag(version)</c>; one of PATCH or DELETE says
/// <c>http.RequireMatch(version)</c> before it writes. 304 is answered by the filter of the API's group.
/// </summary>
internal static class ETags
{
    public static void SetETag(this HttpContext http, long version) => http.Response.Headers.ETag = Tag(version).ToString();

    /// <summary>412 unless If-Match is absent, <c>*</c>, or lists the version. Weak tags never match.</summary>
    public static void RequireMatch(this HttpContext http, long version)
    {
        var wanted = http.Request.Headers.IfMatch;
        if (wanted.Count == 0) return;
        if (EntityTagHeaderValue.TryParseList(wanted, out var tags) && tags.Any(tag => IsAny(tag) || tag.Compare(Tag(version), useStrongComparison: true))) return;
        throw new Refusal(
            StatusCodes.Status412PreconditionFailed, "stale", "The resource has changed",
            $"If-Match does not name the version there is now, {Tag(version)}. Read it again, then decide.");
    }

    /// <summary>If-None-Match names what the handler found: the weak comparison, as the standard asks.</summary>
    public static bool IsNotModified(this HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && EntityTagHeaderValue.TryParse(http.Response.Headers.ETag.ToString(), out var found)
        && EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => IsAny(tag) || tag.Compare(found, useStrongComparison: false));

    private static EntityTagHeaderValue Tag(long version) => new($"\"{version.ToString(CultureInfo.InvariantCulture)}\"");

    private static bool IsAny(EntityTagHeaderValue tag) => tag.Equals(EntityTagHeaderValue.Any);
}

/// <summary>Answers 304 in place of a body that the client has: the handler has run and set the tag, nothing is written yet.</summary>
internal sealed class NotModifiedFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        return context.HttpContext.IsNotModified() ? Results.StatusCode(StatusCodes.Status304NotModified) : answer;
    }
}
