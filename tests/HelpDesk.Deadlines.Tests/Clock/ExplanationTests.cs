using HelpDesk.Deadlines.Tests.Calendars;
using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class ExplanationTests
{
    private static string[] Segments(Commitment commitment, string asOf) =>
    [
        .. Explanation.Segments(commitment, Days.At(asOf)).Select(segment =>
            $"{Days.Text(segment.From)} - {Days.Text(segment.To)} {segment.As.ToString().ToLowerInvariant()} {segment.Counted.TotalHours:0.##}"),
    ];

    [Test]
    public void Working_closed_and_holiday_time_follow_each_other_from_the_start_to_the_instant_asked_about()
    {
        var rules = Policy(In("PT40H"), calendar: Sample.Office(holidays: ["2026-03-03"]));
        Assert.That(Segments(Story.Under(rules, "Mon 08:00").Until("Mon 08:00").The(FirstResponse), "Wed 10:00"), Is.EqualTo(new[]
        {
            "Mon 08:00 - Mon 09:00 closed 0", "Mon 09:00 - Mon 17:00 working 8", "Mon 17:00 - Tue 00:00 closed 0",
            "Tue 00:00 - Wed 00:00 holiday 0", "Wed 00:00 - Wed 09:00 closed 0", "Wed 09:00 - Wed 10:00 working 1",
        }));
    }

    [Test]
    public void A_pause_is_one_stretch_whatever_the_office_does_meanwhile()
    {
        var resolution = Story.Under(Policy(resolution: Pausing("PT40H")))
            .Status("Mon 16:00", TicketStatus.OnHold).Status("Wed 10:00", TicketStatus.Open).Status("Wed 12:00", TicketStatus.Resolved)
                .Until("Fri 10:00").The(Resolution);
        Assert.That(Segments(resolution, "Fri 10:00"), Is.EqualTo(new[]
        {
            "Mon 10:00 - Mon 16:00 working 6", "Mon 16:00 - Wed 10:00 paused 0", "Wed 10:00 - Wed 12:00 working 2",
        }));
    }

    [Test]
    public void A_pause_that_lasts_is_shown_up_to_the_instant_asked_about() =>
        Assert.That(
            Segments(Story.Under(Policy(resolution: Pausing("PT40H"))).Status("Mon 16:00", TicketStatus.OnHold)
                .Until("Mon 16:00").The(Resolution), "Mon 18:00"),
            Is.EqualTo(new[] { "Mon 10:00 - Mon 16:00 working 6", "Mon 16:00 - Mon 18:00 paused 0" }));

    [Test]
    public void A_callback_counts_every_hour() =>
        Assert.That(
            Segments(Story.Under(Policy()).Callback("Fri 16:00", "Mon+1 16:00").Until("Fri 16:00").The(Callback), "Sun 16:00"),
            Is.EqualTo(new[] { "Fri 16:00 - Sun 16:00 working 48" }));

    [Test]
    public void What_has_just_started_has_no_stretch_yet() =>
        Assert.That(Segments(Story.Under(Policy(In("PT4H"))).Until("Mon 10:00").The(FirstResponse), "Mon 10:00"), Is.Empty);

    [Test]
    public void Under_a_new_calendar_the_whole_of_it_is_explained_by_that_calendar()
    {
        var first = Story.Under(Policy(In("PT8H"))).Calendar("Mon 12:00", Sample.Office(windows: "11:00-17:00")).Agent("Mon 13:00")
            .Until("Mon 13:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(Segments(first, "Mon 13:00"),
                Is.EqualTo(new[] { "Mon 10:00 - Mon 11:00 closed 0", "Mon 11:00 - Mon 13:00 working 2" }));
            Assert.That(first.HoursUsed("Fri 13:00"), Is.EqualTo(2));
        });
    }

    [Test]
    public void Every_kind_of_change_has_a_stable_word() =>
        Assert.That(Enum.GetValues<ChangeKind>().Select(Explanation.What), Is.Unique.And.All.Match("^[a-z]+(_[a-z]+)+$"));

    [TestCase(ChangeKind.CommitmentStarted, "commitment_started")]
    [TestCase(ChangeKind.FollowUpSent, "follow_up_sent")]
    [TestCase(ChangeKind.LadderClimbed, "ladder_climbed")]
    public void The_word_is_its_name_in_snake_case(ChangeKind kind, string word) => Assert.That(Explanation.What(kind), Is.EqualTo(word));

    [Test]
    public void A_clock_that_stopped_and_went_on_at_one_instant_shows_no_pause() =>
        Assert.That(
            Segments(Story.Under(Policy(resolution: Pausing("PT40H"))).Status("Mon 12:00", TicketStatus.OnHold).Status("Mon 12:00", TicketStatus.Open)
                .Until("Mon 12:00").The(Resolution), "Mon 13:00"),
            Is.EqualTo(new[] { "Mon 10:00 - Mon 12:00 working 2", "Mon 12:00 - Mon 13:00 working 1" }));
}
