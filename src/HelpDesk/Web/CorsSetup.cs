namespace HelpDesk.Web;

/// <summary>
/// <c>Cors:Origins</c>: the frontends whose pages may call the API from a browser. None, and browsers keep pages of other origins away, but from what is public. Credentials are a header
/// that the page sets itself, never a cookie, so that no page can act for somebody who happens to be logged in elsewhere.
/// </summary>
internal static class CorsSetup
{
    /// <summary>For public endpoints: what anybody may read, any page may.</summary>
    public const string Public = "public";

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
        var maxAge = MaxAge(configuration);
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
        var section = configuration.GetSection("Cors:Origins");
        var origins = section.GetChildren().Select(child => child.Value ?? "").Append(section.Value ?? "")
            .SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        foreach (var origin in origins.Where(origin => origin != "*" && !IsOrigin(origin)))
        {
            throw new WrongConfiguration($"Cors:Origins has {origin}, which must be an origin and no more: scheme, host and port where it is not the usual one, for example https://desk.example.com. Or * for any.");
        }

        return !origins.Contains("*") || origins.Count == 1 ? origins
            : throw new WrongConfiguration("Cors:Origins has * and others beside it: * is all of them.");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0;

    private static Duration MaxAge(IConfiguration configuration)
    {
        var text = configuration["Cors:MaxAge"] is { Length: > 0 } configured ? configured : "PT1H";
        return IsoDuration.TryParse(text, out var age, out var rule) && age >= Duration.Zero && age <= Duration.FromDays(1) ? age
            : throw new WrongConfiguration($"Cors:MaxAge is {text}, which {rule ?? "must be from PT0S to P1D"}.");
    }
}
