using System.Diagnostics;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>What an answer costs: nothing allocated, no walk from day to day, each stretch of time worked out once.</summary>
[NonParallelizable]
public class CostTests
{
    private static readonly Instant Start = Sample.Utc("2026-03-02T10:11:12.345678");
    private static readonly Duration Year = Duration.FromHours(52 * 40);

    private static WorkingCalendar TwoWindows(DateTimeZone zone) =>
        WorkingCalendar.Create(zone, Sample.Weekdays.ToDictionary(day => day, _ => Sample.Windows("08:00-12:00 13:00-17:00")));

    [Test]
    public void A_warm_calendar_allocates_nothing()
    {
        var calendar = TwoWindows(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        Ask(calendar, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(calendar, 1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        static void Ask(WorkingCalendar calendar, int times)
        {
            for (var i = 0; i < times; i++)
            {
                var end = calendar.Add(Start, Duration.FromHours(i % 90));
                _ = calendar.Add(Start, Year) < end;
                _ = calendar.Between(Start, end) + calendar.Between(calendar.Subtract(end, Duration.FromHours(3)), end);
                _ = calendar.IsOpen(end) || calendar.CanOpen(end);
            }
        }
    }

    [Test]
    public void A_warm_calendar_never_asks_its_zone_again()
    {
        var zone = new CountingZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var calendar = TwoWindows(zone);
        var expected = calendar.Add(Start, 10 * Year);
        var cold = zone.Asked;
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Add(Start, 10 * Year), Is.EqualTo(expected));
            Assert.That(zone.Asked, Is.EqualTo(cold));

            // Ten years have twenty changes; each of a dozen blocks asks once more for where it begins.
            Assert.That(cold, Is.LessThanOrEqualTo(40));
        });
    }

    [Test]
    public void A_new_calendar_works_out_only_the_stretch_that_is_asked_about()
    {
        var zone = new CountingZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var calendar = TwoWindows(zone);
        Assert.That(zone.Asked, Is.Zero);
        calendar.Add(Start, Duration.FromHours(4));
        Assert.That(zone.Asked, Is.LessThanOrEqualTo(4));
    }

    [Test]
    public void A_year_costs_little_more_than_a_day()
    {
        // A walk from day to day would cost some 250 times as much. The quickest of many batches is what neither scheduler nor collector disturbed.
        var calendar = TwoWindows(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var day = Quickest(calendar, Duration.FromHours(8));
        var year = Quickest(calendar, Year);
        Assert.That(year, Is.LessThan(25 * day));
    }

    [Test]
    public void Threads_that_race_for_a_cold_calendar_get_the_same_answers()
    {
        for (var round = 0; round < 20; round++)
        {
            var calendar = TwoWindows(DateTimeZoneProviders.Tzdb["America/New_York"]);
            var answers = new Instant[64];
            Parallel.For(0, answers.Length, i => answers[i] = calendar.Add(Start, (i % 8) * Year));
            Assert.That(answers, Is.EqualTo(Enumerable.Range(0, answers.Length).Select(i => calendar.Add(Start, (i % 8) * Year))));
        }
    }

    private static long Quickest(WorkingCalendar calendar, Duration open)
    {
        var quickest = long.MaxValue;
        for (var batch = 0; batch < 50; batch++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < 500; i++)
            {
                calendar.Add(Start, open);
            }

            quickest = Math.Min(quickest, Stopwatch.GetTimestamp() - began);
        }

        return Math.Max(1, quickest);
    }
}
