using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Web;

namespace HelpDesk.Calendars;

/// <summary>Who changes a calendar, and when.</summary>
internal sealed record Editor(Instant Now, string Actor, string? RequestId);

/// <summary>A calendar that the transaction holds, to be given other members, or other holidays by whoever brings them.</summary>
internal sealed class CalendarEdit
{
    public const int MostHolidays = 5_000;
    private readonly HelpDeskDb db;

    private CalendarEdit(HelpDeskDb db, Calendar calendar, CalendarDefinition before, HolidaySources sources)
    {
        this.db = db;
        (Calendar, Before, Sources) = (calendar, before, sources);
    }

    public Calendar Calendar { get; }

    public CalendarDefinition Before { get; }

    public HolidaySources Sources { get; }

    /// <summary>Held until the transaction ends. 404 where it is not there.</summary>
    public static async Task<CalendarEdit> Begin(HelpDeskDb db, Guid id, CancellationToken cancel)
    {
        await db.Hold("calendars", id, cancel);
        var (calendar, version) = await ReadCalendar.Find(db, id, cancel);
        var before = version.Read() with { Name = calendar.Name };
        return new(db, calendar, before, await HolidaySources.Read(db, calendar, before, cancel));
    }

    /// <summary>
    /// A new version where the hours or holidays are others than before, and an event where anything is. What is refused leaves the calendar as it was. Nothing is saved yet.
    /// </summary>
    /// <param name="given">Its members; holidays keep their order, those that nobody brings any more go, and new ones come last.</param>
    /// <returns>The definition as it is now.</returns>
    public CalendarDefinition Put(CalendarDefinition given, HolidaySources sources, Editor by)
    {
        var after = Composed(given, sources);
        if (after.Holidays?.Count > MostHolidays) throw TooMany();
        // What only takes holidays away opens more.
        if (given != Before || (after.Holidays ?? []).Except(Before.Holidays ?? []).Any()) CalendarReading.ReadForUse(after, by.Now);
        var changes = MemberChanges.Between(Before, after);
        var isElsewhere = !(sources.Own.SequenceEqual(Sources.Own) && sources.Imported.SequenceEqual(Sources.Imported));
        Calendar.Take(sources);
        if (changes.Count == 0 && !isElsewhere) return after;
        if (Calendar.Change(Before, after, by.Now) is { } next) db.Add(next);
        db.Add(Event.Of("calendar.updated", by.Now, by.Actor, by.RequestId, new { calendarId = Calendar.Id, Calendar.Version, changes }));
        return after;
    }

    private static CalendarDefinition Composed(CalendarDefinition given, HolidaySources sources)
    {
        var (listed, all) = (given.Holidays ?? [], sources.All.ToHashSet());
        IReadOnlyList<string> composed = [.. listed.Where(all.Contains), .. sources.All.Except(listed)];
        return composed.SequenceEqual(listed) ? given : given with { Holidays = composed };
    }

    public static Refusal TooMany() => Refusal.Impossible("too-many-holidays", $"A calendar has at most {MostHolidays} holidays, and a feed as many events; this is more, or takes too long to count out.");
}
