using HelpDesk.Web.Settings;

namespace HelpDesk.Events.Feed;

/// <param name="MostListeners">To the stream of one server, at once.</param>
internal sealed record FeedOptions(int MostListeners)
{
    private static readonly Whole Most = new("Events:MostListeners", 1, 100_000, 1_000, "how many may listen to `/v1/events/stream` of one server at once");

    public static FeedOptions Read(IConfiguration configuration) => new(Most.Int(configuration));
}
