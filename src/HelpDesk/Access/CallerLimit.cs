using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Access;

/// <summary>How often each caller may ask: so many requests in a minute, told in headers on every answer to a caller, the refused ones too.</summary>
internal sealed class CallerLimit(RateLimitOptions options, TimeProvider machine)
{
    private readonly MinuteCounts counts = new(machine);

    public Task Apply(HttpContext http, RequestDelegate next)
    {
        if (options.PerMinute == 0 || Caller.Of(http.User) is not { } caller) return next(http);
        var (count, endsIn) = counts.Add(caller.Id);
        var left = Math.Max(0, options.PerMinute - count);
        // At the last moment: a problem clears what was set before it.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={options.PerMinute};w=60");
            http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={left};t={endsIn}");
            if (count > options.PerMinute) http.Response.Headers.RetryAfter = endsIn.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return count <= options.PerMinute ? next(http) : throw TooMany($"This caller may ask {options.PerMinute} times a minute. The next minute begins in {endsIn} s.");
    }

    public static Refusal TooMany(string detail) => new(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", detail);
}
