using HelpDesk.Calendars;
using HelpDesk.Catalogue;
using HelpDesk.Catalogue.Words;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using NodaTime.Text;

namespace HelpDesk.PromisePages;

/// <summary>The hours of published policies in the reader's zone: today and the six days that follow. A window that crosses her midnight stands on both days.</summary>
internal static class OpeningWeeks
{
    private const int Days = 7;
    private static readonly Duration Farthest = Duration.FromDays(31);

    public static IReadOnlyList<OpeningWeek> Of(PublishedRules rules, IReadOnlyList<ShelvedPolicy> published, PromisePageWords words, CatalogueWords catalogue, PromiseDates dates)
    {
        var calendars = published.GroupBy(policy => (policy.Key.CalendarId, policy.Key.CalendarVersion)).ToList();
        return [.. calendars.Select(policies => Of(
            policies.First().Rules.Calendar, rules.CalendarOf(policies.First()),
            calendars.Count == 1 ? null : words.HoursFor(string.Join(", ", policies.Select(policy => policy.Definition.Name))), words, catalogue, dates))];
    }

    private static OpeningWeek Of(WorkingCalendar calendar, CalendarDefinition definition, string? policies, PromisePageWords words, CatalogueWords catalogue, PromiseDates dates)
    {
        var hours = new PublishedHours(definition);
        var (isOpen, state, next) = Now(calendar, words, dates);
        // From yesterday on: it may be yesterday still where the office is.
        var special = hours.Ahead(dates.Now.InZone(calendar.Zone).Date.PlusDays(-1));
        return new(
            policies, isOpen, state, next, [.. Enumerable.Range(0, Days).Select(day => Day(calendar, special, dates.Today.PlusDays(day), words, dates))],
            words.AsARule(catalogue.Week(hours), PromiseDates.NameOf(calendar.Zone)));
    }

    private static (bool IsOpen, string State, string? Next) Now(WorkingCalendar calendar, PromisePageWords words, PromiseDates dates)
    {
        if (calendar.IsOpen(dates.Now))
        {
            var end = calendar.OpenSegments(dates.Now, dates.Now + Farthest).First().To;
            return end == dates.Now + Farthest ? (true, words.IsAlwaysOpen, null)
                : end == dates.Zone.AtStartOfDay(dates.Today.PlusDays(1)).ToInstant() ? (true, words.IsOpen, words.ClosesAt(null, words.Midnight))
                : (true, words.IsOpen, words.ClosesAt(dates.Day(end), Time(end, words, dates)));
        }

        try
        {
            var start = calendar.NextOpen(dates.Now);
            return (false, words.IsClosed, words.OpensAt(dates.Day(start), Time(start, words, dates)));
        }
        catch (Exception error) when (error is NeverOpenException or DeadlineOutOfReachException)
        {
            return (false, words.IsClosed, null);
        }
    }

    private static OpeningDay Day(WorkingCalendar calendar, IReadOnlyList<DayAhead> special, LocalDate date, PromisePageWords words, PromiseDates dates)
    {
        var (start, end) = (dates.Zone.AtStartOfDay(date).ToInstant(), dates.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
        var open = calendar.OpenSegments(start, end).ToList();
        var text = open is [var only] && only.From == start && only.To == end ? words.AllDay
            : open.Count == 0 ? words.Closed
            : string.Join(", ", open.Select(segment => $"{Time(segment.From, words, dates)}–{(segment.To == end ? words.Midnight : Time(segment.To, words, dates))}"));
        // A day of the office's is where its noon falls.
        var odd = special.FirstOrDefault(day => calendar.Zone.AtLeniently(day.Date + LocalTime.Noon).WithZone(dates.Zone).Date == date);
        return new(
            words.Weekday(date.DayOfWeek), words.Date(date), LocalDatePattern.Iso.Format(date), text, open.Count > 0, date == dates.Today,
            odd is null ? null : odd.IsHoliday ? words.Holiday : words.OtherHours);
    }

    /// <summary>Where an hour comes twice the zone's offset tells which.</summary>
    private static string Time(Instant at, PromisePageWords words, PromiseDates dates)
    {
        var local = at.InZone(dates.Zone);
        var text = words.Time(local.TimeOfDay);
        return dates.Zone.MapLocal(local.LocalDateTime).Count > 1 ? $"{text} (UTC{OffsetPattern.CreateWithInvariantCulture("+H:mm").Format(local.Offset)})" : text;
    }
}
