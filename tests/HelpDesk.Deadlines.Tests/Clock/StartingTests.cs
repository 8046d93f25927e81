using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class StartingTests
{
    [Test]
    public void First_response_and_resolution_start_at_creation()
    {
        var played = Story.Under(Policy(first: In("PT2H"), resolution: In("PT16H"))).Until("Mon 10:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Kinds(), Is.EqualTo(new[] { "first_response 1", "resolution 1" }));
            Assert.That(played.The(FirstResponse).Instants(), Is.EqualTo("Mon 10:00, Mon 12:00, Mon 12:00"));
            Assert.That(played.The(Resolution).Instants(), Is.EqualTo("Mon 10:00, Wed 10:00, Wed 10:00"));
        });
    }

    [Test]
    public void A_ticket_made_at_the_weekend_counts_from_monday_morning() =>
        Assert.That(
            Story.Under(Policy(first: In("PT2H")), "Sat 22:00").Until("Sat 22:00").The(FirstResponse).Instants(),
            Is.EqualTo("Sat 22:00, Mon+1 11:00, Mon+1 11:00"));

    [Test]
    public void A_term_around_the_clock_does_not_look_at_the_calendar() =>
        Assert.That(
            Story.Under(Policy(first: In("PT2H") with { Hours = TermHours.AroundTheClock }), "Sat 22:00")
                .Until("Sat 22:00").The(FirstResponse).Instants(),
            Is.EqualTo("Sat 22:00, Sun 00:00, Sun 00:00"));

    [Test]
    public void A_ticket_whose_first_public_message_is_an_agents_has_no_first_response() =>
        Assert.That(
            Story.Under(Policy(first: In("PT2H"), update: In("PT4H"), resolution: In("PT16H")), by: Author.Agent)
                .Until("Mon 10:00").Kinds(),
            Is.EqualTo(new[] { "update 1", "resolution 1" }));

    [Test]
    public void A_ticket_made_without_a_message_keeps_nobody_waiting([Values] Author by) =>
        Assert.That(
            Story.Under(Policy(In("PT2H"), In("PT2H"), In("PT4H"), In("PT16H")), by: by, message: false).Until("Mon 10:00").Kinds(),
            Is.EqualTo(new[] { "resolution 1" }));

    [Test]
    public void A_ticket_that_the_desk_itself_makes_is_owed_a_first_response() =>
        Assert.That(
            Story.Under(Policy(In("PT2H"), In("PT2H"), In("PT4H"), In("PT16H")), by: Author.System).Until("Mon 10:00").Kinds(),
            Is.EqualTo(new[] { "first_response 1", "resolution 1" }));

    [Test]
    public void Next_response_starts_at_a_customers_public_message_while_no_response_is_open()
    {
        var played = Story.Under(Policy(In("PT2H"), next: In("PT3H"))).Agent("Mon 11:00").Customer("Mon 12:00").Until("Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Kinds(), Is.EqualTo(new[] { "first_response 1", "next_response 1" }));
            Assert.That(played.The(NextResponse).Instants(), Is.EqualTo("Mon 12:00, Mon 15:00, Mon 15:00"));
        });
    }

    [Test]
    public void Further_messages_do_not_move_a_next_response_for_the_oldest_unanswered_governs()
    {
        var played = Story.Under(Policy(In("PT2H"), next: In("PT3H")))
            .Agent("Mon 11:00").Customer("Mon 12:00").Customer("Mon 13:00").Customer("Mon 14:00").Until("Mon 14:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Kinds(), Is.EqualTo(new[] { "first_response 1", "next_response 1" }));
            Assert.That(played.The(NextResponse).Instants(), Is.EqualTo("Mon 12:00, Mon 15:00, Mon 15:00"));
        });
    }

    [Test]
    public void A_message_while_the_first_response_is_open_starts_no_next_response() =>
        Assert.That(
            Story.Under(Policy(In("PT2H"), next: In("PT3H"))).Customer("Mon 11:00").Until("Mon 11:00").Kinds(),
            Is.EqualTo(new[] { "first_response 1" }));

    [Test]
    public void After_an_answer_the_next_message_starts_a_new_cycle() =>
        Assert.That(
            Story.Under(Policy(next: In("PT3H"))).Agent("Mon 11:00").Customer("Mon 12:00")
                .Until("Mon 12:00").The(NextResponse, 2).Instants(),
            Is.EqualTo("Mon 12:00, Mon 15:00, Mon 15:00"));

    [Test]
    public void The_opening_message_starts_a_next_response_only_where_the_policy_has_no_first_response()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Story.Under(Policy(next: In("PT3H"))).Until("Mon 10:00").Kinds(), Is.EqualTo(new[] { "next_response 1" }));
            Assert.That(Story.Under(Policy(In("PT2H"), In("PT3H"))).Until("Mon 10:00").Kinds(), Is.EqualTo(new[] { "first_response 1" }));
            Assert.That(Story.Under(Policy(next: In("PT3H")), by: Author.Agent).Until("Mon 10:00").Kinds(), Is.Empty);
        });
    }

    [Test]
    public void A_customer_who_writes_on_a_ticket_made_without_a_message_waits_for_a_next_response() =>
        Assert.That(
            Story.Under(Policy(In("PT2H"), In("PT3H")), message: false).Customer("Mon 11:00").Until("Mon 11:00").Kinds(),
            Is.EqualTo(new[] { "next_response 1" }));

    [Test]
    public void Update_starts_at_each_public_agent_message_the_first_one_included()
    {
        var played = Story.Under(Policy(update: In("PT4H"))).Agent("Mon 11:00").Agent("Mon 12:30").Until("Mon 12:30");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(Update, 1).Instants(), Is.EqualTo("Mon 11:00, Mon 15:00, Mon 15:00"));
            Assert.That(played.The(Update, 2).Instants(), Is.EqualTo("Mon 12:30, Mon 16:30, Mon 16:30"));
        });
    }

    [Test]
    public void An_agents_opening_message_starts_an_update() =>
        Assert.That(
            Story.Under(Policy(update: In("PT4H")), by: Author.Agent).Until("Mon 10:00").The(Update).Instants(),
            Is.EqualTo("Mon 10:00, Mon 14:00, Mon 14:00"));

    [Test]
    public void An_update_can_never_undercut_the_first_response() =>
        Assert.That(
            Story.Under(Policy(In("PT8H"), update: In("PT1H"))).Customer("Mon 11:00").FollowedUntil("Mon 16:00").Kinds(),
            Is.EqualTo(new[] { "first_response 1" }));

    [Test]
    public void Internal_notes_and_the_desks_own_messages_start_nothing() =>
        Assert.That(
            Story.Under(Policy(next: In("PT3H"), update: In("PT4H")), message: false)
                .Message("Mon 11:00", Author.Agent, Visibility.Internal).Message("Mon 11:00", Author.Customer, Visibility.Internal)
                .Message("Mon 11:00", Author.System).Until("Mon 11:00").Kinds(),
            Is.Empty);

    [Test]
    public void A_callback_starts_when_made_for_the_instant_given_around_the_clock()
    {
        var callback = Story.Under(Policy(In("PT2H"))).Callback("Fri 16:00", "Sat 20:00", "I will call on Saturday.")
            .Until("Fri 16:00").The(Callback);
        Assert.Multiple(() =>
        {
            Assert.That(callback.Instants(), Is.EqualTo("Fri 16:00, Sat 20:00, Sat 20:00"));
            Assert.That(callback.Ledger(), Is.EqualTo(new[] { "Fri 16:00 agent: Sat 20:00 open" }));
            Assert.That(callback.Words, Is.EqualTo("I will call on Saturday."));
            Assert.That(callback.HoursUsed("Sat 04:00"), Is.EqualTo(12));
        });
    }

    [Test]
    public void Each_callback_is_a_commitment_of_its_own() =>
        Assert.That(
            Story.Under(null).Callback("Mon 11:00", "Tue 15:00").Callback("Mon 11:30", "Mon 16:00").Until("Mon 11:30").Kinds(),
            Is.EqualTo(new[] { "callback 1", "callback 2" }));

    [Test]
    public void A_callback_must_lie_ahead_and_on_a_ticket_that_is_not_over()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Story.Under(null).Callback("Mon 11:00", "Mon 11:00").Until("Tue 10:00"), Throws.ArgumentException.With.Message.Contains("must lie ahead"));
            Assert.That(
                () => Story.Under(null).Status("Mon 11:00", TicketStatus.Resolved).Callback("Mon 12:00", "Mon 13:00").Until("Tue 10:00"),
                Throws.TypeOf<TicketOverException>().With.Message.Contains("Nothing is promised on a ticket that is over"));
        });
    }

    [Test]
    public void Where_no_policy_matches_there_are_no_commitments() =>
        Assert.That(Story.Under(null).Customer("Mon 11:00").Agent("Mon 12:00").Customer("Mon 13:00").Until("Mon 13:00").Kinds(), Is.Empty);

    [TestCase(TicketStatus.Resolved, CommitmentState.Kept, "Mon 10:00")]
    [TestCase(TicketStatus.Closed, CommitmentState.Cancelled, "-")]
    public void A_ticket_that_is_made_resolved_or_closed_owes_nothing(TicketStatus status, CommitmentState resolution, string resolvedAt)
    {
        var played = Story.Under(Policy(In("PT2H"), resolution: In("PT16H")), status: status).Until("Mon 10:00");
        Assert.Multiple(() =>
        {
            Assert.That((played.Clock.Status, Days.Text(played.Clock.ResolvedAt), played.Clock.WakeAt), Is.EqualTo((status, resolvedAt, (Instant?)null)));
            Assert.That(played.The(FirstResponse).State, Is.EqualTo(CommitmentState.Cancelled));
            Assert.That(played.The(Resolution).State, Is.EqualTo(resolution));
        });
    }

    [Test]
    public void A_callback_is_the_agents_own_and_not_the_policys() =>
        Assert.That(Story.Under(Policy(In("PT2H"))).Callback("Mon 11:00", "Mon 16:00").Until("Mon 11:00").The(Callback).Rules, Is.Null);

    [Test]
    public void A_reopening_target_is_not_that_of_the_first_resolution() =>
        Assert.That(
            Story.Under(Policy(resolution: In("PT8H"), reopenTarget: "PT4H")).Until("Mon 10:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Tue 10:00, Tue 10:00"));
}
