using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars.Feeds;

/// <summary>An address that a calendar's holidays are read from, what was read there, and when it is read next. Its times are the machine's, but for those of being made and changed.</summary>
internal sealed class HolidayFeed
{
    private HolidayFeed()
    {
    }

    public HolidayFeed(Guid calendar, HolidayFeedDefinition definition, Instant now, Instant machineNow)
    {
        Id = Ids.New(now);
        CalendarId = calendar;
        CreatedAt = UpdatedAt = now;
        NextReadAt = machineNow;
        (Url, Name, Paused) = (definition.Url, definition.Name, definition.Paused);
    }

    public Guid Id { get; private set; }

    public Guid CalendarId { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string Url { get; private set; } = "";

    public string? Name { get; private set; }

    public bool Paused { get; private set; }

    public List<string> Holidays { get; private set; } = [];

    public List<string> Skipped { get; private set; } = [];

    public string? EntityTag { get; private set; }

    public string? LastModified { get; private set; }

    public int? CountedFor { get; private set; }

    public Instant? LastReadAt { get; private set; }

    public Instant? LastChangedAt { get; private set; }

    public string? LastProblem { get; private set; }

    public Instant? FailingSince { get; private set; }

    public int Failures { get; private set; }

    public Instant NextReadAt { get; private set; }

    public Guid? LeaseId { get; private set; }

    public Instant? LeasedUntil { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public HolidayFeedDefinition Definition => new(Url, Name, Paused);

    /// <summary>Another address is read at once, and what is on its way from the one before counts for nothing. The holidays of that stay until the new one was read.</summary>
    public void Change(HolidayFeedDefinition to, Instant now, Instant machineNow)
    {
        if (to.Url != Url || (Paused && !to.Paused)) ReadAnew(machineNow);
        (Url, Name, Paused) = (to.Url, to.Name, to.Paused);
        UpdatedAt = now;
        RowVersion++;
    }

    /// <summary>Now, and whole, whatever is known of it.</summary>
    public void Ask(Instant machineNow)
    {
        ReadAnew(machineNow);
        RowVersion++;
    }

    private void ReadAnew(Instant machineNow)
    {
        (EntityTag, LastModified, CountedFor) = (null, null, null);
        (LeaseId, LeasedUntil) = (null, null);
        NextReadAt = machineNow;
    }

    /// <param name="reading">One that has no problem.</param>
    /// <param name="holidays">What the feed brings from now on.</param>
    public void Read(FeedReading reading, IReadOnlyList<string> holidays, Instant machineNow, Instant next)
    {
        if (reading.Holidays is { } read)
        {
            if (!Holidays.SequenceEqual(holidays)) LastChangedAt = machineNow;
            (Holidays, Skipped) = ([.. holidays], [.. read.Skipped]);
            (EntityTag, LastModified, CountedFor) = (reading.EntityTag, reading.LastModified, reading.Year);
        }

        LastReadAt = machineNow;
        (LastProblem, FailingSince, Failures) = (null, null, 0);
        End(next);
    }

    /// <summary>What it had stays.</summary>
    public void Fail(string problem, Instant machineNow, Instant next)
    {
        (LastProblem, FailingSince, Failures) = (problem, FailingSince ?? machineNow, Failures + 1);
        End(next);
    }

    private void End(Instant next)
    {
        (LeaseId, LeasedUntil, NextReadAt) = (null, null, next);
        RowVersion++;
    }

    /// <summary>Of the calendar, which is held before it is changed. 404 where it is not there.</summary>
    public static async Task<HolidayFeed> Find(HelpDeskDb db, Guid calendar, Guid id, CancellationToken cancel) =>
        await db.Set<HolidayFeed>().FirstOrDefaultAsync(feed => feed.Id == id && feed.CalendarId == calendar, cancel) ?? throw Refusal.NotFound("holiday feed");
}
