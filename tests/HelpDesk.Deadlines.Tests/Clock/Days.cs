using System.Globalization;
using NodaTime.Text;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>
/// Instants the short way: "Mon 10:00" is Monday, 2 March 2026, 10:00 UTC, "Tue+1 09:00" the Tuesday of the week after; down to the microsecond.
/// </summary>
internal static class Days
{
    private static readonly LocalDate Monday = new(2026, 3, 2);
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss.FFFFFF");
    private static readonly LocalTimePattern Minute = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static Instant At(string text)
    {
        var parts = text.Split(' ');
        var week = parts[0].Length > 3 ? int.Parse(parts[0][4..], CultureInfo.InvariantCulture) : 0;
        var date = Monday.PlusDays((7 * week) + Array.IndexOf(Names, parts[0][..3]));
        return (date + (parts[1].Length == 5 ? Minute : Time).Parse(parts[1]).Value).InUtc().ToInstant();
    }

    public static string Text(Instant? instant)
    {
        if (instant is not { } at) return "-";
        var local = at.InUtc().LocalDateTime;
        var days = Period.DaysBetween(Monday, local.Date);
        var time = local.TimeOfDay;
        var week = days < 7 ? "" : $"+{days / 7}";
        return $"{Names[days % 7]}{week} {(time.TickOfDay % NodaConstants.TicksPerMinute == 0 ? Minute : Time).Format(time)}";
    }
}
