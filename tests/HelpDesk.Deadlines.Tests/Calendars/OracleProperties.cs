using FsCheck.NUnit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>Agreement with the definition itself, minute by minute over four weeks around a clock change.</summary>
[Properties(Arbitrary = [typeof(Scenes)], MaxTest = 60, QuietOnSuccess = true)]
internal sealed class OracleProperties
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Property]
    public bool Every_minute_is_what_its_wall_clock_says(Scene scene)
    {
        var (start, kinds) = Minutes(scene);
        var segments = scene.Calendar.Segments(start, start + (kinds.Length * Minute))
            .SelectMany(run => Enumerable.Repeat(run.Kind, (int)(run.To - run.From).TotalMinutes));
        return segments.SequenceEqual(kinds) && kinds.Select((kind, i) => scene.Calendar.IsOpen(start + (i * Minute)) == (kind == SegmentKind.Working)).All(same => same);
    }

    [Property]
    public bool Between_is_the_sum_of_the_open_minutes(Scene scene)
    {
        var (start, kinds) = Minutes(scene);
        return new[] { (scene.A, scene.B), (scene.B, scene.C), (scene.A, scene.C) }.All(pair =>
            scene.Calendar.Between(pair.Item1, pair.Item2) == OpenBefore(pair.Item2) - OpenBefore(pair.Item1));

        Duration OpenBefore(Instant at)
        {
            var sum = Duration.Zero;
            for (var (i, from) = (0, start); from < at; i++, from += Minute)
            {
                sum += kinds[i] == SegmentKind.Working ? Duration.Min(Minute, at - from) : Duration.Zero;
            }

            return sum;
        }
    }

    [Property]
    public bool Add_is_where_a_walk_of_minutes_ends(Scene scene)
    {
        var (start, kinds) = Minutes(scene);
        var (at, left) = (scene.A, scene.Less);
        while (left > Duration.Zero)
        {
            var index = (int)Math.Floor((at - start) / Minute);
            if (index >= kinds.Length)
            {
                return scene.Calendar.Add(scene.A, scene.Less) > start + (kinds.Length * Minute);
            }

            var step = Duration.Min(start + ((index + 1) * Minute) - at, kinds[index] == SegmentKind.Working ? left : Minute);
            left -= kinds[index] == SegmentKind.Working ? step : Duration.Zero;
            at += step;
        }

        return scene.Calendar.Add(scene.A, scene.Less) == at;
    }

    [Property]
    public bool Subtract_is_where_a_walk_of_minutes_backward_ends(Scene scene)
    {
        var (start, kinds) = Minutes(scene);
        var (at, left) = (scene.C, scene.Less);
        while (left > Duration.Zero)
        {
            var index = (int)Math.Ceiling((at - start) / Minute) - 1;
            if (index < 0)
            {
                return scene.Calendar.Subtract(scene.C, scene.Less) < start;
            }

            var step = Duration.Min(at - (start + (index * Minute)), kinds[index] == SegmentKind.Working ? left : Minute);
            left -= kinds[index] == SegmentKind.Working ? step : Duration.Zero;
            at -= step;
        }

        return scene.Calendar.Subtract(scene.C, scene.Less) == at;
    }

    // Offsets and changes are whole minutes in every zone and year that scenes use.
    private static (Instant Start, SegmentKind[] Kinds) Minutes(Scene scene)
    {
        var start = Instant.FromUnixTimeSeconds((scene.A.ToUnixTimeSeconds() / 60 * 60) - (2 * 86_400));
        var count = (int)Math.Ceiling((scene.C - start) / Minute) + (2 * 1440);
        return (start, [.. Enumerable.Range(0, count).Select(i => scene.Spec.KindAt(start + (i * Minute)))]);
    }
}
