using System.Text.Json.Nodes;
using HelpDesk.Events;

namespace HelpDesk.Calendars.Feeds;

/// <summary>
/// What events say of a change of a feed: of its address the scheme and the host alone. The rest is often the secret by which a server knows its reader, and events are read by many and posted
/// elsewhere.
/// </summary>
internal static class FeedChanges
{
    /// <param name="from">Null for what was made.</param>
    /// <param name="to">Null for what was deleted.</param>
    public static JsonObject Between(HolidayFeedDefinition? from, HolidayFeedDefinition? to)
    {
        var changes = MemberChanges.Between(Told(from), Told(to));
        // That it changed is told even where what is told of it did not.
        if (from is not null && to is not null && from.Url != to.Url) changes["url"] = new JsonObject { ["from"] = Told(from)!.Url, ["to"] = Told(to)!.Url };
        return changes;
    }

    private static HolidayFeedDefinition? Told(HolidayFeedDefinition? feed) =>
        feed is null ? null : feed with { Url = Uri.TryCreate(feed.Url, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}" : "" };
}
