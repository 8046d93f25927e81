using System.Globalization;
using System.Runtime.Serialization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace HelpDesk.Calendars;

/// <summary>
/// The holidays of an iCalendar feed: its all-day events, as dates of one year or of every year. What recurs on the same date each year without end is kept as such; all else is
/// counted out from the first day of last year to the last of the fifth year from now.
/// </summary>
internal static class IcalHolidays
{
    private const int MostEvents = 5_000;
    private const int MostDays = 40;
    private const int MostSteps = 20_000;
    private const int MostUnmatched = 60;
    private const int YearsAhead = 5;

    /// <summary>Where counting out begins.</summary>
    public static LocalDate First(int year) => new(year - 1, 1, 1);

    /// <summary>Null where it is no iCalendar feed, or not a whole one.</summary>
    /// <exception cref="HolidayFeedTooLong">It holds more than is counted out.</exception>
    public static HolidaysRead? Read(string text, int year)
    {
        CalendarCollection? feed;
        try
        {
            feed = IsWhole(text) ? CalendarCollection.Load(text) : null;
        }
        // The reader says in many ways that it cannot read.
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException or InvalidCastException or SerializationException or OverflowException
            or NullReferenceException or KeyNotFoundException or IndexOutOfRangeException or NotSupportedException)
        {
            return null;
        }

        if (feed is null) return null;
        // Some servers send several calendars one after the other.
        var events = feed.SelectMany((calendar, number) => calendar.Events.Select(each => (Calendar: number, Event: each))).ToList();
        if (events.Count > MostEvents) throw new HolidayFeedTooLong();
        var reader = new Counting(year);
        var moved = events.Where(each => each.Event.RecurrenceIdentifier is not null).ToLookup(each => (each.Calendar, each.Event.Uid), each => each.Event);
        foreach (var (calendar, each) in events) reader.Take(each, each.RecurrenceIdentifier is null ? [.. moved[(calendar, each.Uid)].Select(other => Date(other.RecurrenceIdentifier!.StartTime))] : []);
        return new([.. reader.Dates.Order(StringComparer.Ordinal)], reader.Skipped);
    }

    /// <summary>One that broke off would be read as if what is missing were no holidays.</summary>
    private static bool IsWhole(string text)
    {
        var isOpen = false;
        var hasAny = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var word = line.TrimEnd();
            if (word.Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            {
                if (isOpen) return false;
                isOpen = hasAny = true;
            }
            else if (word.Equals("END:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            {
                if (!isOpen) return false;
                isOpen = false;
            }
            else if (!isOpen && word.Length > 0)
            {
                return false;
            }
        }

        return hasAny && !isOpen;
    }

    private static LocalDate Date(CalDateTime at) => new(at.Year, at.Month, at.Day);

    private sealed class Counting(int year)
    {
        private readonly LocalDate first = First(year);
        private readonly LocalDate last = new(year + YearsAhead, 12, 31);
        private int steps;

        public HashSet<string> Dates { get; } = [];

        public List<string> Skipped { get; } = [];

        public void Take(CalendarEvent holiday, IReadOnlyCollection<LocalDate> moved)
        {
            try
            {
                if (string.Equals(holiday.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase)) return;
                if (Why(holiday) is { } why) Skip(holiday, why);
                else Count(holiday, moved);
            }
            catch (Exception error) when (error is EvaluationException or ArgumentException or InvalidOperationException or OverflowException or FormatException)
            {
                Skip(holiday, "its recurrence cannot be counted out");
            }
        }

        private static string? Why(CalendarEvent holiday)
        {
            if (holiday.DtStart is not { } start) return "it has no beginning";
            if (start.HasTime && !IsWholeDay(holiday)) return "it does not last all day";
            if (Length(holiday) > MostDays) return $"it lasts longer than {MostDays} days";
            if (holiday.RecurrenceRule is not { } rule) return null;
            if (rule.Frequency != FrequencyType.Yearly) return "it recurs otherwise than yearly";
            return rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0 ? "its recurrence speaks of hours" : null;
        }

        /// <summary>Outlook writes midnight to midnight, and says beside it that the day is meant.</summary>
        private static bool IsWholeDay(CalendarEvent holiday) =>
            string.Equals(holiday.Properties.Get<string>("X-MICROSOFT-CDO-ALLDAYEVENT"), "TRUE", StringComparison.OrdinalIgnoreCase) && holiday.DtStart!.Value.TimeOfDay == TimeSpan.Zero;

        /// <summary>In days; its end is exclusive.</summary>
        private static int Length(CalendarEvent holiday)
        {
            if (holiday.DtEnd is { } end) return Math.Max(1, NodaTime.Period.DaysBetween(Date(holiday.DtStart!), Date(end)));
            return holiday.Duration is { } duration ? Math.Max(1, ((duration.Weeks ?? 0) * 7) + (duration.Days ?? 0)) : 1;
        }

        private void Count(CalendarEvent holiday, IReadOnlyCollection<LocalDate> moved)
        {
            var (start, length) = (Date(holiday.DtStart!), Length(holiday));
            var isPlain = holiday.RecurrenceDates.GetAllDates().Concat(holiday.ExceptionDates.GetAllDates()).FirstOrDefault() is null && moved.Count == 0;
            if (holiday.RecurrenceRule is null && isPlain)
            {
                Add(start, length);
                return;
            }

            if (isPlain && IsEveryYear(holiday.RecurrenceRule!, start, length))
            {
                for (var day = 0; day < length; day++) Dates.Add(start.PlusDays(day).ToString("MM-dd", CultureInfo.InvariantCulture));
                return;
            }

            foreach (var occurrence in holiday.GetOccurrences(null, new EvaluationOptions { MaxUnmatchedIncrementsLimit = MostUnmatched }))
            {
                if (++steps > MostSteps) throw new HolidayFeedTooLong();
                var at = Date(occurrence.Period.StartTime);
                if (at > last) break;
                if (!moved.Contains(at)) Add(at, length);
            }
        }

        /// <summary>29 February is not in every year.</summary>
        private bool IsEveryYear(RecurrenceRule rule, LocalDate start, int length) =>
            rule is { Count: null, Until: null, Interval: 1 } && start.Year <= first.Year
            && rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNo.Count + rule.BySetPosition.Count + rule.ByMonth.Count(month => month != start.Month) == 0
            && !Enumerable.Range(-1, length + 2).Any(day => start.PlusDays(day) is { Month: 2, Day: 29 } or { Month: 3, Day: 1 });

        private void Add(LocalDate start, int length)
        {
            for (var day = 0; day < length; day++)
            {
                var date = start.PlusDays(day);
                if (date >= first && date <= last) Dates.Add(date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
            }
        }

        private void Skip(CalendarEvent holiday, string why)
        {
            if (Skipped.Count < 50) Skipped.Add($"{Named(holiday)}: {why}");
        }

        private static string Named(CalendarEvent holiday)
        {
            var name = new string([.. (holiday.Summary ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
            return name.Length == 0 ? "(no name)" : name.Length <= 100 ? name : name[..100];
        }
    }
}

/// <summary>What a feed holds.</summary>
/// <param name="Dates">As a calendar has them: <c>yyyy-MM-dd</c>, or <c>MM-dd</c> for every year.</param>
/// <param name="Skipped">Events that are not taken, each with the reason; the first fifty.</param>
internal sealed record HolidaysRead(IReadOnlyList<string> Dates, IReadOnlyList<string> Skipped);

/// <summary>A feed is longer than anybody's holidays.</summary>
internal sealed class HolidayFeedTooLong : Exception;
