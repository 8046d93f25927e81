using System.Globalization;
using NodaTime.Text;

namespace HelpDesk.Calendars.Feeds;

/// <summary>
/// Days that have passed stay as they were: many feeds tell only what is to come, and a closed day of last week must not become a working day of an open ticket because its feed has moved on.
/// </summary>
internal static class PassedHolidays
{
    private static readonly AnnualDatePattern EveryYear = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    /// <returns>Of those that the feed had and has no more, the ones before today, as far back as feeds are counted out: dates of one year.</returns>
    public static IEnumerable<string> Kept(IEnumerable<string> before, IEnumerable<string> after, LocalDate today, int year) =>
        from holiday in before.Except(after)
        from date in Dates(holiday, year)
        where date < today && date >= IcalHolidays.First(year)
        select date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<LocalDate> Dates(string holiday, int year) =>
        EveryYear.Parse(holiday) is { Success: true } annual ? [annual.Value.InYear(year - 1), annual.Value.InYear(year)]
        : LocalDatePattern.Iso.Parse(holiday) is { Success: true } date ? [date.Value]
        : [];
}
