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

    private static string[] Steps(Played played, CommitmentKind kind) =>
        [.. Explanation.Steps(played.Journal.Where(change => change.Kind == kind), DateTimeZone.Utc).Select(step => $"{Days.Text(step.At)} {step.What}: {step.Text}")];

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
    public void The_steps_tell_what_happened_in_words()
    {
        var played = Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 11:00", TicketStatus.OnHold).Status("Mon 12:00", TicketStatus.Open)
            .Status("Mon 14:30", TicketStatus.Resolved).FollowedUntil("Mon 14:30");
        Assert.That(Steps(played, Resolution), Is.EqualTo(new[]
        {
            "Mon 10:00 commitment_started: The clock started: 4 h of working time, used up at 2026-03-02 14:00:00 UTC; promised by 2026-03-02 14:00:00 UTC.",
            "Mon 10:00 promise_made: Promised by 2026-03-02 14:00:00 UTC.",
            "Mon 11:00 promise_withdrawn: The promise by 2026-03-02 14:00:00 UTC was withdrawn (on_hold).",
            "Mon 11:00 commitment_paused: The clock stopped (on_hold) with 1 h used; nothing is promised until it goes on.",
            "Mon 12:00 commitment_resumed: The clock went on (open) with 1 h used; the rest counts from here: due 2026-03-02 15:00:00 UTC, promised by 2026-03-02 15:00:00 UTC.",
            "Mon 12:00 promise_made: Promised anew (resumed) by 2026-03-02 15:00:00 UTC, in place of 2026-03-02 14:00:00 UTC.",
            "Mon 14:00 follow_up_sent: The customer was written to before 2026-03-02 15:00:00 UTC lapsed, with the new date 2026-03-02 17:00:00 UTC.",
            "Mon 14:00 promise_renewed: The promise by 2026-03-02 15:00:00 UTC was replaced before it lapsed: renewed.",
            "Mon 14:00 promise_made: Promised anew by 2026-03-02 17:00:00 UTC, in place of 2026-03-02 15:00:00 UTC.",
            "Mon 14:30 promise_kept: The promise by 2026-03-02 17:00:00 UTC was kept.",
            "Mon 14:30 commitment_kept: Met with 3 h 30 min used: kept.",
        }));
    }

    [Test]
    public void The_steps_say_plainly_what_went_wrong()
    {
        var played = Story.Under(Policy(In("PT4H").Capped(0))).Status("Mon 15:00", TicketStatus.Closed).FollowedUntil("Mon 15:00");
        Assert.That(Steps(played, FirstResponse)[2..], Is.EqualTo(new[]
        {
            "Mon 13:00 follow_up_sent: The customer was told that 2026-03-02 14:00:00 UTC may not hold and who was called in; the cap on renewals is reached, so nothing new is promised.",
            "Mon 14:00:00.000001 promise_broken: The promise by 2026-03-02 14:00:00 UTC lapsed: broken.",
            "Mon 14:00:00.000001 recovery_started: An apology was due for 2026-03-02 14:00:00 UTC (cap); nothing new is promised.",
            "Mon 15:00 commitment_broken: Ended (closed) with 5 h used, after a promise had lapsed: broken.",
        }));
    }

    [Test]
    public void Every_step_has_words_of_its_own()
    {
        foreach (var what in Enum.GetValues<ChangeKind>())
        {
            var step = Explanation.Steps([new ClockChange(Days.At("Mon 10:00"), what, FirstResponse, 1)], DateTimeZone.Utc).Single();
            Assert.That(step.Text, Does.EndWith(".").And.Contain(" "), step.What);
        }
    }

    [Test]
    public void Times_are_written_in_the_zone_asked_for() =>
        Assert.That(
            Explanation.Steps(Story.Under(Policy(In("PT4H")))
                .Until("Mon 10:00").Journal, DateTimeZoneProviders.Tzdb["Europe/Helsinki"]).Last().Text,
            Is.EqualTo("Promised by 2026-03-02 16:00:00 Europe/Helsinki."));
}
