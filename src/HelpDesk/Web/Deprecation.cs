using System.Globalization;

namespace HelpDesk.Web;

/// <summary>An endpoint that is on its way out.</summary>
/// <param name="Since">From when on it is discouraged; may lie ahead.</param>
/// <param name="Sunset">When it will be gone, if that is known.</param>
/// <param name="Link">Where it is said what to use in its place: an absolute address or path.</param>
internal sealed record DeprecatedEndpoint(Instant Since, Instant? Sunset, string? Link)
{
    public void Tell(HttpResponse response)
    {
        response.Headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{Since.ToUnixTimeSeconds()}");
        if (Sunset is { } sunset) response.Headers["Sunset"] = sunset.ToDateTimeUtc().ToString("R", CultureInfo.InvariantCulture);
        if (Link is not null) response.Headers.Append("Link", $"<{Link}>; rel=\"deprecation\"");
    }

    public string Words =>
        $"Deprecated since {Since:uuuu-MM-dd}{(Sunset is { } sunset ? $", and gone from {sunset:uuuu-MM-dd} on" : "")}.{(Link is null ? "" : $" What to use in its place: {Link}")}";
}

internal static class Deprecation
{
    /// <summary>Says so in the answers' headers (RFC 9745, RFC 8594), problems included, and in the OpenAPI document.</summary>
    /// <param name="since">RFC 3339, for example <c>2027-01-01T00:00:00Z</c>; likewise <paramref name="sunset"/>.</param>
    public static TBuilder Deprecated<TBuilder>(this TBuilder endpoint, string since, string? sunset = null, string? link = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DeprecatedEndpoint(Read(since), sunset is null ? null : Read(sunset), link));

    public static IApplicationBuilder UseDeprecation(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // Remembered now: whoever turns an exception into a problem forgets the endpoint.
        if (http.GetEndpoint()?.Metadata.GetMetadata<DeprecatedEndpoint>() is { } mark)
        {
            http.Response.OnStarting(() =>
            {
                mark.Tell(http.Response);
                return Task.CompletedTask;
            });
        }

        return next(http);
    });

    private static Instant Read(string instant) => InstantText.TryParse(instant, out var read) ? read : throw new ArgumentException(InstantText.Rule, nameof(instant));
}
