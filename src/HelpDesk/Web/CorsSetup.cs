using HelpDesk.Web.Settings;

namespace HelpDesk.Web;

/// <summary>
/// The frontends whose pages may call the API from a browser. None, and browsers keep pages of other origins away, but from what is public. Credentials are a header
/// that the page sets itself, never a cookie, so that no page can act for somebody who happens to be logged in elsewhere.
/// </summary>
internal static class CorsSetup
{
    /// <summary>For public endpoints: what anybody may read, any page may.</summary>
    public const string Public = "public";

    private static readonly Listed Allowed = new(
        "Cors:Origins", "origins whose pages may call the API from a browser",
        "an origin and no more: scheme, host and port where it is not the usual one, for example `https://console.example.com`; several separated by commas; or `*` for any", ",", note: "none");

    private static readonly HowLong Remembered = new("Cors:MaxAge", "PT1H", "how long a browser remembers that a page may call the API", "PT0S", "P1D");

    private static readonly string[] PublicMethods = ["GET", "HEAD", "POST"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>What a page may read of an answer beyond what browsers always allow.</summary>
    private static readonly string[] Exposed =
    [
        "ETag", "Link", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", IdempotencyHeaders.Replayed, "X-Request-Id", "traceparent", "Deprecation", "Sunset",
        "Content-Disposition", "Content-Language", "WWW-Authenticate",
    ];

    public static void AddCors(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = Origins(configuration);
        var maxAge = Remembered.Read(configuration);
        services.AddCors(cors =>
        {
            cors.AddPolicy(Public, policy => policy.AllowAnyOrigin().WithMethods(PublicMethods).AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(maxAge.ToTimeSpan()));
            if (origins.Count == 0) return;
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. origins]).WithMethods(Methods).AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(maxAge.ToTimeSpan()));
        });
    }

    /// <summary>Before access: a browser asks whether it may send a key without one.</summary>
    public static void UseConfiguredCors(this WebApplication app) => app.UseCors();

    private static List<string> Origins(IConfiguration configuration)
    {
        var origins = Allowed.Read(configuration).Distinct().ToList();
        if (origins.Find(origin => origin != "*" && !IsOrigin(origin)) is { } wrong) throw Allowed.Refuse(wrong);
        return !origins.Contains("*") || origins.Count == 1 ? origins : throw Allowed.Wrong("has * and others beside it: * is all of them");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0;
}
