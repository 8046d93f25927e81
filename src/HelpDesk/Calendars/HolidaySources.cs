using HelpDesk.Calendars.Feeds;
using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars;

/// <summary>Where a calendar's holidays come from. One may come from several; it stays as long as one of them has it.</summary>
/// <param name="Own">Given in <c>holidays</c>.</param>
/// <param name="Imported">Uploaded.</param>
/// <param name="Feeds">What each feed brings, the oldest feed first.</param>
internal sealed record HolidaySources(IReadOnlyList<string> Own, IReadOnlyList<string> Imported, IReadOnlyList<(Guid Feed, IReadOnlyList<string> Holidays)> Feeds)
{
    public IReadOnlyList<string> All => [.. Own.Concat(Imported).Concat(Brought).Distinct()];

    private IEnumerable<string> Brought => Feeds.SelectMany(feed => feed.Holidays);

    /// <summary>As they stand. What neither an upload nor a feed accounts for is the calendar's own.</summary>
    public static async Task<HolidaySources> Read(HelpDeskDb db, Calendar calendar, CalendarDefinition definition, CancellationToken cancel)
    {
        var feeds = await db.Set<HolidayFeed>().AsNoTracking().Where(feed => feed.CalendarId == calendar.Id).OrderBy(feed => feed.Id)
            .Select(feed => new { feed.Id, feed.Holidays }).ToListAsync(cancel);
        var (own, imported) = (calendar.OwnHolidays.ToHashSet(), calendar.ImportedHolidays.ToHashSet());
        var brought = feeds.SelectMany(feed => feed.Holidays).Concat(imported).ToHashSet();
        var all = definition.Holidays ?? [];
        return new(
            [.. all.Where(holiday => own.Contains(holiday) || !brought.Contains(holiday))], [.. all.Where(imported.Contains)],
            [.. feeds.Select(feed => (feed.Id, (IReadOnlyList<string>)feed.Holidays))]);
    }

    /// <summary>
    /// By a list that somebody gives, who may have read it here and changed it: what is left out goes, unless a feed brings it; what is in it and was brought by an upload or a feed
    /// stays theirs, and all else is the calendar's own.
    /// </summary>
    public HolidaySources Given(IReadOnlyList<string> list)
    {
        var (own, imported, brought, listed) = (Own.ToHashSet(), Imported.ToHashSet(), Brought.ToHashSet(), list.ToHashSet());
        return this with
        {
            Own = [.. list.Where(holiday => own.Contains(holiday) || (!imported.Contains(holiday) && !brought.Contains(holiday)))],
            Imported = [.. Imported.Where(listed.Contains)],
        };
    }

    public HolidaySources With(Guid feed, IReadOnlyList<string> holidays) => this with { Feeds = [.. Feeds.Where(each => each.Feed != feed), (feed, holidays)] };

    public HolidaySources Without(Guid feed) => this with { Feeds = [.. Feeds.Where(each => each.Feed != feed)] };
}
