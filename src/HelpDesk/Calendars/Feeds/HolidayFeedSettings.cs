using HelpDesk.Web;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Calendars.Feeds;

/// <summary>How feeds of holidays are read: <c>HolidayFeeds:Every</c>, <c>HolidayFeeds:AllowedNetworks</c> and <c>HolidayFeeds:AllowHttp</c>.</summary>
/// <param name="Every">How long after one reading the next one comes at the latest.</param>
/// <param name="Guard">Where they may be.</param>
internal sealed record HolidayFeedSettings(Duration Every, OutgoingGuard Guard)
{
    private static readonly Duration Shortest = Duration.FromMinutes(15);
    private static readonly Duration Longest = Duration.FromDays(30);
    private static readonly Duration FirstRetry = Duration.FromMinutes(5);

    public static HolidayFeedSettings Read(IConfiguration configuration)
    {
        const string Key = "HolidayFeeds:Every";
        var text = configuration[Key]?.Trim() is { Length: > 0 } given ? given : "P1D";
        return !IsoDuration.TryParse(text, out var every, out var rule) ? throw new WrongConfiguration($"{Key} is '{text}', which {rule}.")
            : every < Shortest || every > Longest ? throw new WrongConfiguration($"{Key} is '{text}', which must be from PT15M to P30D.")
            : new(every, OutgoingGuard.Read(configuration, "HolidayFeeds"));
    }

    /// <summary>Up to a tenth sooner, so that feeds that were made together do not stay together.</summary>
    /// <param name="random">0 inclusive to 1 exclusive.</param>
    public Duration UntilNext(double random) => Every * (1 - (random / 10));

    /// <summary>Doubling from five minutes, never longer than between readings that succeed; each between half and the whole.</summary>
    /// <param name="failures">In a row, the last one included: 1 or more.</param>
    public Duration UntilRetry(int failures, double random) => Duration.Min(Every, FirstRetry * (1L << Math.Clamp(failures - 1, 0, 16))) * (0.5 + (random / 2));
}
