using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Access;

/// <summary>
/// <c>RateLimits:PerMinute</c> for each caller, <c>RateLimits:PublicPerMinute</c> for each address that asks without a key, <c>RateLimits:FailuresPerMinute</c> for each
/// address that sends keys which are not good. 0: no limit.
/// </summary>
internal sealed record RateLimitOptions(int PerMinute, int FailuresPerMinute, int PublicPerMinute)
{
    public static RateLimitOptions Read(IConfiguration configuration) => new(
        Read(configuration, "RateLimits:PerMinute", 6000), Read(configuration, "RateLimits:FailuresPerMinute", 60),
        Read(configuration, "RateLimits:PublicPerMinute", 600));

    private static int Read(IConfiguration configuration, string key, int otherwise) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
        : throw new WrongConfiguration($"{key} must be a whole number from 0 (no limit) to {int.MaxValue}, but is '{text}'.");
}
