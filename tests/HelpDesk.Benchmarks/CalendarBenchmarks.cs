using BenchmarkDotNet.Attributes;
using HelpDesk.Deadlines;

namespace HelpDesk.Benchmarks;

/// <summary>
/// What a deadline costs over weeks of two-window days in Berlin. Wanted: a deadline within a week in at most 1 µs without allocating; a new
/// calendar with its first stretch worked out in well under 150 µs.
/// </summary>
[MemoryDiagnoser]
public class CalendarBenchmarks
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 10, 11, 12);
    private static readonly Duration Week = Duration.FromHours(40);
    private static readonly Duration Year = Duration.FromHours(52 * 40);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static readonly Dictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>> Hours = Enumerable.Range(1, 5).ToDictionary(
        day => (IsoDayOfWeek)day,
        _ => (IReadOnlyList<DayWindow>)[DayWindow.Of("08:00", "12:00"), DayWindow.Of("13:00", "17:00")]);

    private static readonly AnnualDate[] Holidays = [new(1, 1), new(5, 1), new(10, 3), new(12, 25), new(12, 26)];

    private readonly WorkingCalendar _warm = Create();
    private Instant _weekLater;
    private Instant _tenYearsLater;

    [GlobalSetup]
    public void Warm()
    {
        _weekLater = _warm.Add(Start, Week);
        _tenYearsLater = _warm.Add(Start, 10 * Year);
    }

    [Benchmark(Baseline = true)]
    public Instant Add_a_week() => _warm.Add(Start, Week);

    [Benchmark]
    public Instant Add_a_year() => _warm.Add(Start, Year);

    [Benchmark]
    public Instant Add_ten_years() => _warm.Add(Start, 10 * Year);

    [Benchmark]
    public Instant Subtract_a_week() => _warm.Subtract(_weekLater, Week);

    [Benchmark]
    public Duration Between_a_week() => _warm.Between(Start, _weekLater);

    [Benchmark]
    public Duration Between_ten_years() => _warm.Between(Start, _tenYearsLater);

    [Benchmark]
    public bool Is_open() => _warm.IsOpen(Start);

    [Benchmark]
    public Instant Add_a_week_around_the_clock() => WorkingCalendar.AroundTheClock.Add(Start, Week);

    [Benchmark]
    public WorkingCalendar Create_a_calendar() => Create();

    [Benchmark]
    public Instant Create_a_calendar_and_add_a_week() => Create().Add(Start, Week);

    private static WorkingCalendar Create() => WorkingCalendar.Create(Zone, Hours, yearlyHolidays: Holidays);
}
