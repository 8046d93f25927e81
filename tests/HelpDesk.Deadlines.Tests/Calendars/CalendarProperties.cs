using FsCheck.NUnit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>Laws of counting, over random calendars. A failure prints its scene and the seed that replays it (Replay = "…").</summary>
[Properties(Arbitrary = [typeof(Scenes)], MaxTest = 400, QuietOnSuccess = true)]
internal sealed class CalendarProperties
{
    private static readonly Duration Tick = Duration.FromTicks(1);

    [Property]
    public bool Between_undoes_add(Scene scene) => scene.Calendar.Between(scene.A, scene.Calendar.Add(scene.A, scene.More)) == scene.More;

    [Property]
    public bool Nothing_earlier_than_add_will_do(Scene scene)
    {
        var end = scene.Calendar.Add(scene.A, scene.More);
        return end == scene.A ? scene.More == Duration.Zero : scene.Calendar.Between(scene.A, end - Tick) < scene.More;
    }

    [Property]
    public bool Between_undoes_subtract(Scene scene) => scene.Calendar.Between(scene.Calendar.Subtract(scene.C, scene.More), scene.C) == scene.More;

    [Property]
    public bool Nothing_later_than_subtract_will_do(Scene scene)
    {
        var start = scene.Calendar.Subtract(scene.C, scene.More);
        return start == scene.C ? scene.More == Duration.Zero : scene.Calendar.Between(start + Tick, scene.C) < scene.More;
    }

    [Property]
    public bool Subtract_undoes_add_up_to_closed_time(Scene scene)
    {
        var back = scene.Calendar.Subtract(scene.Calendar.Add(scene.A, scene.More), scene.More);
        return back >= scene.A && scene.Calendar.Between(scene.A, back) == Duration.Zero;
    }

    [Property]
    public bool Between_is_additive(Scene scene) =>
        scene.Calendar.Between(scene.A, scene.B) + scene.Calendar.Between(scene.B, scene.C) == scene.Calendar.Between(scene.A, scene.C);

    [Property]
    public bool Add_in_two_steps_is_add_in_one(Scene scene) =>
        scene.Calendar.Add(scene.Calendar.Add(scene.A, scene.Less), scene.More) == scene.Calendar.Add(scene.A, scene.Less + scene.More)
        || scene.More == Duration.Zero;

    [Property]
    public bool Add_never_falls_as_its_start_rises(Scene scene) =>
        scene.Calendar.Add(scene.A, scene.More) <= scene.Calendar.Add(scene.B, scene.More);

    [Property]
    public bool Add_never_falls_as_its_duration_rises(Scene scene) =>
        scene.Calendar.Add(scene.A, scene.Less) <= scene.Calendar.Add(scene.A, scene.More);

    [Property]
    public bool Segments_cover_every_instant_once_and_neighbours_differ(Scene scene)
    {
        var at = scene.A;
        SegmentKind? kind = null;
        foreach (var run in scene.Calendar.Segments(scene.A, scene.C))
        {
            if (run.From != at || run.To <= run.From || run.Kind == kind)
            {
                return false;
            }

            (at, kind) = (run.To, run.Kind);
        }

        return at == scene.C;
    }

    [Property]
    public bool Open_segments_are_the_working_segments_and_add_up_to_between(Scene scene)
    {
        var open = scene.Calendar.OpenSegments(scene.A, scene.C).ToList();
        var working = scene.Calendar.Segments(scene.A, scene.C).Where(run => run.Kind == SegmentKind.Working);
        return open.SequenceEqual(working.Select(run => new OpenSegment(run.From, run.To)))
            && open.Aggregate(Duration.Zero, (sum, run) => sum + (run.To - run.From)) == scene.Calendar.Between(scene.A, scene.C);
    }

    [Property]
    public bool Open_agrees_with_the_segments_at_both_their_ends(Scene scene) =>
        scene.Calendar.Segments(scene.A, scene.C).All(run =>
            scene.Calendar.IsOpen(run.From) == (run.Kind == SegmentKind.Working)
            && scene.Calendar.IsOpen(run.To - Tick) == (run.Kind == SegmentKind.Working));
}
