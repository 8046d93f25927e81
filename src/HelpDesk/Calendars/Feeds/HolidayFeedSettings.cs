using HelpDesk.Web.Outgoing;
using HelpDesk.Web.Settings;

namespace HelpDesk.Calendars.Feeds;

/// <summary>How feeds of holidays are read.</summary>
/// <param name="Every">How long after one reading the next one comes at the latest.</param>
/// <param name="Guard">Where they may be.</param>
internal sealed record HolidayFeedSettings(Duration Every, OutgoingGuard Guard)
{
    private static readonly HowLong Cadence = new("HolidayFeeds:Every", "P1D", "how long after one reading of a holiday feed the next one comes at the latest", "PT15M", "P30D");

    private static readonly Listed Networks = new(
        "HolidayFeeds:AllowedNetworks", "networks beside the public internet that holiday feeds may be read from, as in `Webhooks:AllowedNetworks`", OutgoingGuard.NetworkForm, ",", note: "none");

    private static readonly Switch AnyHttp = new("HolidayFeeds:AllowHttp", "`true`: holiday feeds are read over plain `http` anywhere, not only from the allowed networks");

    private static readonly Duration FirstRetry = Duration.FromMinutes(5);

    public static HolidayFeedSettings Read(IConfiguration configuration) => new(Cadence.Read(configuration), OutgoingGuard.Read(configuration, Networks, AnyHttp));

    /// <summary>Up to a tenth sooner, so that feeds that were made together do not stay together.</summary>
    /// <param name="random">0 inclusive to 1 exclusive.</param>
    public Duration UntilNext(double random) => Every * (1 - (random / 10));

    /// <summary>Doubling from five minutes, never longer than between readings that succeed; each between half and the whole.</summary>
    /// <param name="failures">In a row, the last one included: 1 or more.</param>
    public Duration UntilRetry(int failures, double random) => Duration.Min(Every, FirstRetry * (1L << Math.Clamp(failures - 1, 0, 16))) * (0.5 + (random / 2));
}
