using FsCheck;
using FsCheck.Fluent;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>A random calendar, three instants in order around one of its zone's clock changes, and two amounts of open time in order.</summary>
internal sealed record Scene(CalendarSpec Spec, Instant A, Instant B, Instant C, Duration Less, Duration More)
{
    public WorkingCalendar Calendar { get; } = Spec.ToCalendar();

    public override string ToString() => $"{Spec}\n  a {Text(A)} b {Text(B)} c {Text(C)} less {Less} more {More}";

    private static string Text(Instant instant) => instant.ToString("uuuu-MM-ddTHH:mm:ss.fffffff'Z'", null);
}

/// <summary>Makes scenes, biased to where it hurts: clock changes, midnights, opening and closing times, single ticks.</summary>
internal static class Scenes
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Europe/Istanbul", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu",
        "Africa/Casablanca", "Antarctica/Troll", "Europe/Dublin", "Asia/Gaza", "Asia/Tehran", "America/St_Johns", "Pacific/Kiritimati", "America/Havana",
    ];

    private static readonly Gen<(int Open, int Close)[]> Day = Gen.Frequency(
        (2, Gen.Constant(Array.Empty<(int Open, int Close)>())),
        (2, Gen.Constant(new[] { (0, 1440) })),
        (2, Gen.Constant(new[] { (480, 720), (780, 1020) })),
        (2, Gen.Constant(new[] { (0, 360), (1320, 1440) })),
        (4, from cuts in Gen.Choose(0, 96).Select(quarter => quarter * 15).ArrayOf(6) select Windows(cuts)),
        (2, from cuts in Gen.Choose(0, 1440).ArrayOf(4) select Windows(cuts)));

    public static Arbitrary<Scene> Arbitrary() => Arb.From(
        from zone in Gen.Elements(Zones).Select(id => DateTimeZoneProviders.Tzdb[id])
        from year in Gen.Choose(1980, 2036)
        from second in Gen.Choose(0, 31_536_000)
        let anchor = Change(zone, Instant.FromUtc(year, 1, 1, 0, 0) + Duration.FromSeconds(second))
        from spec in Spec(zone, anchor)
        from instants in Near(anchor).ArrayOf(3)
        from durations in Span.ArrayOf(2)
        let times = instants.Order().ToArray()
        let amounts = durations.Order().ToArray()
        select new Scene(spec, times[0], times[1], times[2], amounts[0], amounts[1]));

    // Whole minutes half the time, so that answers fall on opening and closing times; else any tick.
    private static readonly Gen<Duration> Span = Gen.OneOf(
        Gen.Choose(0, 60 * 200).Select(minutes => Duration.FromMinutes(minutes)),
        Gen.Choose(0, 200).Select(hours => Duration.FromHours(hours)),
        from seconds in Gen.Choose(0, 700_000)
        from ticks in Gen.Choose(0, 9_999_999)
        select Duration.FromSeconds(seconds) + Duration.FromTicks(ticks),
        Gen.Choose(0, 3).Select(ticks => Duration.FromTicks(ticks)));

    private static Gen<Instant> Near(Instant anchor) => Gen.OneOf(
        Gen.Choose(-14 * 1440, 14 * 1440).Select(minutes => anchor + Duration.FromMinutes(minutes)),
        Gen.Choose(-180, 180).Select(minutes => anchor + Duration.FromMinutes(minutes)),
        from seconds in Gen.Choose(-14 * 86_400, 14 * 86_400)
        from ticks in Gen.Choose(0, 9_999_999)
        select anchor + Duration.FromSeconds(seconds) + Duration.FromTicks(ticks));

    private static Gen<CalendarSpec> Spec(DateTimeZone zone, Instant anchor)
    {
        var date = anchor.InZone(zone).Date;
        var near = Gen.Choose(-15, 15).Select(date.PlusDays);
        return
            from week in Day.ArrayOf(7)
            from some in Gen.Choose(0, 6)
            from holidays in near.ArrayOf(some)
            from yearly in near.Select(day => new AnnualDate(day.Month, day.Day)).ArrayOf(some / 2)
            from dates in near.ArrayOf(some / 2)
            from windows in Day.ArrayOf(some / 2)
            select new CalendarSpec(
                zone,
                week.All(day => day.Length == 0) ? [[(540, 1020)], .. week[1..]] : week,
                [.. holidays],
                [.. yearly],
                dates.Zip(windows).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static Instant Change(DateTimeZone zone, Instant near)
    {
        var interval = zone.GetZoneInterval(near);
        return interval.HasEnd && interval.End - near < Duration.FromDays(400) ? interval.End
            : Instant.FromUnixTimeSeconds(near.ToUnixTimeSeconds() / 60 * 60);
    }

    private static (int Open, int Close)[] Windows(int[] cuts)
    {
        var sorted = cuts.Distinct().Order().ToArray();
        return [.. Enumerable.Range(0, sorted.Length / 2).Select(i => (sorted[2 * i], sorted[(2 * i) + 1]))];
    }
}
