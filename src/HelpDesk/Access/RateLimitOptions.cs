using HelpDesk.Web.Settings;

namespace HelpDesk.Access;

/// <summary>0: no limit.</summary>
/// <param name="PerMinute">For each caller.</param>
/// <param name="FailuresPerMinute">For each address that sends keys which are not good.</param>
/// <param name="PublicPerMinute">For each address that asks without a key.</param>
internal sealed record RateLimitOptions(int PerMinute, int FailuresPerMinute, int PublicPerMinute)
{
    private static readonly Whole Caller = new("RateLimits:PerMinute", 0, int.MaxValue, 6000, "requests a minute for each caller, counted by each server for itself; `0` for no limit");

    private static readonly Whole Failures = new(
        "RateLimits:FailuresPerMinute", 0, int.MaxValue, 60,
        "keys that are not good, a minute, from one address; then no more of its keys are looked at until the minute ends, but for those that were good lately; `0` for no limit");

    private static readonly Whole Public = new(
        "RateLimits:PublicPerMinute", 0, int.MaxValue, 600,
        "requests a minute to public addresses (`/v1/commitments…`, `/v1/public/advisories`, `/promises`) from one address without a key, counted by each server for itself; `0` for no limit");

    public static RateLimitOptions Read(IConfiguration configuration) => new(Caller.Int(configuration), Failures.Int(configuration), Public.Int(configuration));
}
