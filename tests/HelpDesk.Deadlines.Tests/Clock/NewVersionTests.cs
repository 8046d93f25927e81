using HelpDesk.Deadlines.Tests.Calendars;
using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>A new version of the policy or its calendar, applied to open tickets, works like any reclassification; and kinds that come in late.</summary>
public class NewVersionTests
{
    [Test]
    public void A_new_version_of_the_policy_is_counted_from_the_same_start_and_noted()
    {
        var first = Story.Under(Policy(In("PT8H"))).Policy("Mon 11:00", Policy(In("PT4H"), version: 2))
            .Until("Mon 11:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Mon 14:00"));
            Assert.That(first.Rules!.PolicyVersion, Is.EqualTo(2));
        });
    }

    [Test]
    public void A_version_that_changes_nothing_for_a_commitment_leaves_its_promise_and_notes_the_version()
    {
        var first = Story.Under(Policy(In("PT8H"))).Policy("Mon 11:00", Policy(In("PT8H"), version: 2))
            .Until("Mon 11:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Tue 10:00 open" }));
            Assert.That(first.Rules!.PolicyVersion, Is.EqualTo(2));
        });
    }

    [Test]
    public void Longer_hours_move_a_promise_earlier()
    {
        // From Mon 15:00: 2 h on Monday and 2 h on Tuesday, or 4 h without a break.
        var first = Story.Under(Policy(In("PT4H")), "Mon 15:00").Calendar("Mon 16:00", Sample.Daily("UTC", "00:00-24:00"))
            .Until("Mon 16:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 15:00, Mon 19:00, Mon 19:00"));
            Assert.That(first.Promises[1].Reason, Is.EqualTo("calendar"));
        });
    }

    [Test]
    public void A_new_holiday_moves_what_is_due_and_not_what_was_promised() =>
        Assert.That(
            Story.Under(Policy(In("PT4H")), "Mon 15:00").Calendar("Mon 16:00", Sample.Office(holidays: ["2026-03-03"]))
                .Until("Mon 16:00").The(FirstResponse).Instants(),
            Is.EqualTo("Mon 15:00, Wed 11:00, Tue 11:00"));

    [Test]
    public void A_promise_that_a_new_holiday_covers_outlives_a_pause_where_it_stands()
    {
        // Nothing is left to count before Tuesday's promise, so it is not moved by the pause.
        var resolution = Story.Under(Policy(resolution: Pausing("PT4H")), "Mon 15:00").Calendar("Mon 16:00", Sample.Office(holidays: ["2026-03-03"]))
            .Status("Mon 18:00", TicketStatus.OnHold).Status("Mon 20:00", TicketStatus.Open).Until("Mon 20:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Instants(), Is.EqualTo("Mon 15:00, Wed 11:00, Tue 11:00"));
            Assert.That(resolution.Ledger(), Is.EqualTo(new[] { "Mon 15:00 policy: Tue 11:00 open" }));
        });
    }

    [Test]
    public void A_promise_that_a_new_holiday_covers_does_not_lapse_in_silence_by_a_pause()
    {
        // Tuesday's promise passes while the clock stands still; on Wednesday it is promised for the opening and renewed in time.
        var resolution = Story.Under(Policy(resolution: Pausing("PT4H")), "Mon 15:00")
            .Calendar("Mon 18:00", Sample.Office(holidays: ["2026-03-03"])).Status("Mon 18:00", TicketStatus.OnHold).Status("Wed 08:00", TicketStatus.Open).FollowedUntil("Wed 09:30").The(Resolution);
        Assert.That(resolution.Ledger(), Is.EqualTo(new[]
        {
            "Mon 15:00 policy: Tue 11:00 withdrawn Mon 18:00",
            "Wed 08:00 policy: Wed 09:00:00.000001 renewed Wed 09:00:00.000001",
            "Wed 09:00:00.000001 followup: Wed 11:00:00.000001 open",
        }));
    }

    [Test]
    public void A_kind_that_the_new_policy_adds_starts_from_its_natural_start()
    {
        var next = Policy(In("PT8H"), next: In("PT8H"), update: In("PT8H"), resolution: In("PT16H"), version: 2);
        var played = Story.Under(Policy()).Agent("Mon 11:00").Customer("Mon 12:00").Customer("Mon 13:00").Policy("Mon 14:00", next)
            .Until("Mon 14:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Kinds(), Is.EqualTo(new[] { "next_response 1", "update 1", "resolution 1" }));
            Assert.That(played.The(NextResponse).Instants(), Is.EqualTo("Mon 12:00, Tue 12:00, Tue 12:00"));
            Assert.That(played.The(Update).Instants(), Is.EqualTo("Mon 11:00, Tue 11:00, Tue 11:00"));
            Assert.That(played.The(Resolution).Instants(), Is.EqualTo("Mon 10:00, Wed 10:00, Wed 10:00"));
            Assert.That(played.The(Resolution).Ledger(), Is.EqualTo(new[] { "Mon 14:00 policy: Wed 10:00 open" }));
        });
    }

    [Test]
    public void A_first_response_is_added_where_nobody_has_answered_and_nowhere_else()
    {
        var next = Policy(In("PT8H"));
        Assert.Multiple(() =>
        {
            Assert.That(Story.Under(null).Policy("Mon 14:00", next).Until("Mon 14:00").The(FirstResponse).Instants(),
                Is.EqualTo("Mon 10:00, Tue 10:00, Tue 10:00"));
            Assert.That(Story.Under(null).Agent("Mon 11:00").Policy("Mon 14:00", next).Until("Mon 14:00").Kinds(), Is.Empty);
            Assert.That(Story.Under(null, by: Author.Agent).Policy("Mon 14:00", next).Until("Mon 14:00").Kinds(), Is.Empty);
            Assert.That(Story.Under(null, message: false).Policy("Mon 14:00", next).Until("Mon 14:00").Kinds(), Is.Empty);
        });
    }

    [Test]
    public void Pauses_before_it_came_in_do_not_count()
    {
        var resolution = Story.Under(Policy()).Status("Mon 11:00", TicketStatus.OnHold).Status("Mon 13:00", TicketStatus.Open)
            .Policy("Mon 14:00", Policy(resolution: Pausing("PT8H"))).Until("Mon 14:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Tue 12:00, Tue 12:00"));
            Assert.That(resolution.HoursUsed("Mon 14:00"), Is.EqualTo(2));
        });
    }

    [Test]
    public void What_comes_in_during_a_pause_has_used_only_what_was_before_it()
    {
        var story = Story.Under(Policy()).Status("Mon 11:00", TicketStatus.WaitingOnCustomer).Status("Mon 12:00", TicketStatus.OnHold)
            .Policy("Mon 14:00", Policy(resolution: Pausing("PT8H")));
        Assert.That(story.Until("Mon 14:00").The(Resolution).Instants(), Is.EqualTo("Mon 10:00, -, -"));
        Assert.That(story.Status("Mon 15:00", TicketStatus.Open).Until("Mon 15:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Tue 14:00, Tue 14:00"));
    }

    [TestCase("Mon 14:00", "Mon 16:00", null, Description = "its natural promise is this very instant")]
    [TestCase("Tue 10:00", "Tue 12:00", false, Description = "its natural promise is past")]
    public void What_would_have_been_promised_for_an_instant_not_ahead_is_promised_by_the_renewal_instead(string at, string promised, bool? met)
    {
        var resolution = Story.Under(Policy()).Policy(at, Policy(resolution: In("PT4H"))).Until(at).The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Instants(), Is.EqualTo($"Mon 10:00, Mon 14:00, {promised}"));
            Assert.That(resolution.MetTarget(at), Is.EqualTo(met));
            Assert.That(resolution.StateAt(at), Is.EqualTo(CommitmentState.Running));
        });
    }

    [Test]
    public void What_comes_in_used_up_during_a_pause_is_promised_by_the_renewal_from_when_it_goes_on() =>
        Assert.That(
            Story.Under(Policy()).Status("Mon 15:00", TicketStatus.OnHold).Policy("Mon 16:00", Policy(resolution: Pausing("PT4H")))
                .Status("Tue 10:00", TicketStatus.Open).Until("Tue 10:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Mon 14:00, Tue 12:00"));

    [Test]
    public void A_first_response_that_is_dropped_leaves_its_message_waiting_for_the_next_response()
    {
        var played = Story.Under(Policy(In("PT8H"), In("PT4H"))).Customer("Mon 11:00").Policy("Mon 12:00", Policy(next: In("PT4H")))
            .Until("Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).State, Is.EqualTo(CommitmentState.Cancelled));
            Assert.That(played.The(NextResponse).Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Mon 14:00"));
        });
    }

    [Test]
    public void A_ticket_that_is_over_takes_up_no_new_kind_until_it_is_reopened()
    {
        var story = Story.Under(Policy()).Agent("Mon 11:00").Status("Mon 12:00", TicketStatus.Resolved)
            .Policy("Mon 13:00", Policy(In("PT8H"), In("PT8H"), In("PT8H"), In("PT8H")));
        Assert.That(story.Until("Mon 13:00").Kinds(), Is.Empty);
        Assert.That(story.Customer("Mon 14:00").Until("Mon 14:00").Kinds(), Is.EquivalentTo(new[] { "next_response 1", "resolution 1" }));
    }

    [Test]
    public void A_promise_that_passes_at_the_very_instant_at_which_its_clock_goes_on_is_promised_for_the_opening_too() =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT4H")), "Mon 15:00").Calendar("Mon 18:00", Sample.Office(holidays: ["2026-03-03"]))
                .Status("Mon 18:00", TicketStatus.OnHold).Status("Tue 11:00", TicketStatus.Open).Until("Tue 11:00").The(Resolution).Ledger(),
            Is.EqualTo(new[] { "Mon 15:00 policy: Tue 11:00 withdrawn Mon 18:00", "Tue 11:00 policy: Wed 09:00:00.000001 open" }));

    [Test]
    public void What_comes_in_at_the_instant_it_is_used_up_during_a_pause_is_promised_by_the_renewal() =>
        Assert.That(
            Story.Under(Policy()).Status("Mon 14:00", TicketStatus.OnHold).Policy("Mon 16:00", Policy(resolution: Pausing("PT4H")))
                .Status("Tue 10:00", TicketStatus.Open).Until("Tue 10:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Mon 14:00, Tue 12:00"));

    [Test]
    public void Pauses_before_it_came_in_are_one_where_they_touch_and_two_where_they_do_not() =>
        Assert.That(
            Story.Under(Policy()).Status("Mon 11:00", TicketStatus.OnHold).Status("Mon 12:00", TicketStatus.WaitingOnCustomer).Status("Mon 13:00", TicketStatus.Open)
                .Status("Mon 14:00", TicketStatus.OnHold).Status("Mon 15:00", TicketStatus.Open)
                .Policy("Mon 16:00", Policy(resolution: Pausing("PT8H"))).Until("Mon 16:00").The(Resolution).Pauses,
            Is.EqualTo(new[] { new Pause(Days.At("Mon 11:00"), Days.At("Mon 13:00")), new Pause(Days.At("Mon 14:00"), Days.At("Mon 15:00")) }));

    [Test]
    public void What_lapsed_and_is_still_owed_is_not_started_again_beside_it()
    {
        var resolution = Story.Under(Policy(resolution: In("PT2H"))).Policy("Mon 13:00", null).Policy("Mon 14:00", Policy(resolution: In("PT8H")));
        var response = Story.Under(Policy(In("PT2H"))).Policy("Mon 13:00", Policy(next: In("PT4H")));
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Until("Mon 14:00").Kinds(), Is.EqualTo(new[] { "resolution 1" }));
            Assert.That(response.Until("Mon 13:00").Kinds(), Is.EqualTo(new[] { "first_response 1" }));
        });
    }

    [Test]
    public void Nobody_waits_for_a_first_response_on_a_ticket_that_was_resolved_without_one() =>
        Assert.That(
            Story.Under(null).Status("Mon 12:00", TicketStatus.Resolved).Status("Tue 10:00", TicketStatus.Open).Policy("Tue 11:00", Policy(In("PT8H")))
                .Until("Tue 11:00").Kinds(),
            Is.Empty);
}
