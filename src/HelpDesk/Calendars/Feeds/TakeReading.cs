using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars.Feeds;

/// <summary>Puts what a feed was found to hold into its calendar, in one transaction with all that is kept of the reading. What was read under a lease that is no more counts for nothing.</summary>
internal sealed partial class TakeReading(HelpDeskDb db, DeskClock clock, HolidayFeedSettings settings, RulesNews news, ILogger<TakeReading> log)
{
    private const string Actor = "desk";

    public async Task Run(ClaimedFeed claim, FeedReading reading, CancellationToken cancel)
    {
        var (now, machineNow) = (await clock.Now(cancel), clock.MachineNow);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("calendars", claim.CalendarId, cancel);
        await db.Hold("holiday_feeds", claim.Id, cancel);
        // Somebody changed it or deleted it, its calendar was deleted, or another server has it.
        if (await db.Set<HolidayFeed>().FirstOrDefaultAsync(feed => feed.Id == claim.Id && feed.LeaseId == claim.Lease, cancel) is not { } feed) return;
        var edit = await CalendarEdit.Begin(db, claim.CalendarId, cancel);
        var version = edit.Calendar.RowVersion;
        if ((reading.Problem ?? Put(edit, feed, reading, now, machineNow)) is { } problem) Fail(edit, feed, problem, now, machineNow);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (edit.Calendar.RowVersion != version) news.Note();
    }

    /// <returns>Why it is not taken; null where it is.</returns>
    private string? Put(CalendarEdit edit, HolidayFeed feed, FeedReading reading, Instant now, Instant machineNow)
    {
        var before = feed.Holidays.ToList();
        var after = before;
        if (reading.Holidays is { } read)
        {
            if (read.Dates.Count == 0 && before.Count > 0) return "It has no holidays any more, so those that it had stay. Delete the feed to be rid of them.";
            after = [.. PassedHolidays.Kept(before, read.Dates, Today(edit, now), reading.Year).Union(read.Dates).Order(StringComparer.Ordinal)];
            try
            {
                edit.Put(edit.Before, edit.Sources.With(feed.Id, after), new(now, Actor, null));
            }
            catch (Refusal refusal)
            {
                return refusal.Message;
            }
        }

        var isNews = feed.LastReadAt is null || feed.LastProblem is not null || !before.SequenceEqual(after);
        feed.Read(reading, after, machineNow, machineNow + settings.UntilNext(Random.Shared.NextDouble()));
        if (isNews) Tell("holiday_feed.read", now, new { holidayFeedId = feed.Id, calendarId = feed.CalendarId, edit.Calendar.Version, holidays = after.Count, added = after.Except(before), removed = before.Except(after) });
        return null;
    }

    private static LocalDate Today(CalendarEdit edit, Instant now) => now.InZone(Zones.Find(edit.Before.TimeZone) ?? DateTimeZone.Utc).Date;

    private void Fail(CalendarEdit edit, HolidayFeed feed, string problem, Instant now, Instant machineNow)
    {
        // Told once, and again where it fails otherwise.
        if (feed.LastProblem != problem)
        {
            Tell("holiday_feed.failed", now, new { holidayFeedId = feed.Id, calendarId = feed.CalendarId, problem });
            LogFailed(feed.Id, new Uri(feed.Url).Authority, edit.Before.Name!, problem);
        }

        feed.Fail(problem, machineNow, machineNow + settings.UntilRetry(feed.Failures + 1, Random.Shared.NextDouble()));
    }

    private void Tell(string type, Instant now, object data) => db.Add(Event.Of(type, now, Actor, null, data));

    [LoggerMessage(2402, LogLevel.Warning, "Holiday feed {Feed} ({Host}) of the calendar {Calendar} could not be read, and its holidays stay as they were: {Problem}")]
    private partial void LogFailed(Guid feed, string host, string calendar, string problem);
}
