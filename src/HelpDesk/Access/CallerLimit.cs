using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Access;

/// <summary>
/// How often each caller may ask: so many requests in a minute, told in headers on every answer to a caller, the refused ones too. Who comes without a key to an
/// endpoint that says so (<see cref="AccessRules.LimitByAddress"/>) is counted by address.
/// </summary>
internal sealed class CallerLimit(RateLimitOptions options, TimeProvider machine)
{
    private readonly MinuteCounts callers = new(machine);
    private readonly MinuteCounts addresses = new(machine);

    public Task Apply(HttpContext http, RequestDelegate next) =>
        Caller.Of(http.User) is { } caller ? Count(http, next, callers, caller.Id, options.PerMinute, "This caller")
        : http.GetEndpoint()?.Metadata.GetMetadata<LimitedByAddress>() is not null ? Count(http, next, addresses, ClientAddress.Of(http), options.PublicPerMinute, "An address without a key")
        : next(http);

    private static Task Count(HttpContext http, RequestDelegate next, MinuteCounts counts, string name, int most, string who)
    {
        if (most == 0) return next(http);
        var (count, endsIn) = counts.Add(name);
        var left = Math.Max(0, most - count);
        // At the last moment: a problem clears what was set before it.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={most};w=60");
            http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={left};t={endsIn}");
            if (count > most) http.Response.Headers.RetryAfter = endsIn.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return count <= most ? next(http) : throw TooMany($"{who} may ask {most} times a minute. The next minute begins in {endsIn} s.");
    }

    public static Refusal TooMany(string detail) => new(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", detail);
}
