using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web;

/// <summary>
/// Strong entity tags made of a resource's row version, and of what it shows that is another's. A handler of GET, POST or PATCH says <c>http.SetETag(version)</c>; one of
/// PATCH or DELETE says <c>http.RequireMatch(version)</c> before it writes: that looks at the version alone, for what is another's is not overwritten by it. 304 is answered
/// by the filter of the API's group.
/// </summary>
internal static class ETags
{
    /// <param name="shown">The version of another resource that is shown with this one and changes apart from it. The first goes without saying.</param>
    public static void SetETag(this HttpContext http, long version, long? shown = null) =>
        http.Response.Headers.ETag = (shown is > 1 ? new EntityTagHeaderValue($"\"{Text(version)}-{Text(shown.Value)}\"") : Tag(version)).ToString();

    /// <summary>412 unless If-Match is absent, <c>*</c>, or lists the version. Weak tags never match.</summary>
    public static void RequireMatch(this HttpContext http, long version)
    {
        var wanted = http.Request.Headers.IfMatch;
        if (wanted.Count == 0) return;
        if (EntityTagHeaderValue.TryParseList(wanted, out var tags) && tags.Any(tag => IsAny(tag) || (!tag.IsWeak && IsOf(tag, version)))) return;
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

    private static EntityTagHeaderValue Tag(long version) => new($"\"{Text(version)}\"");

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static bool IsOf(EntityTagHeaderValue tag, long version) => tag.Tag.AsSpan().Trim('"') is var text && text[..(text.IndexOf('-') is > 0 and var end ? end : text.Length)].SequenceEqual(Text(version));

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
