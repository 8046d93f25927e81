using HelpDesk.Faults;

namespace HelpDesk.Tests.Faults;

/// <summary>The drill's audit on books that are in order, and on the same books with one thing spoilt.</summary>
internal sealed class DrillAuditTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 8, 0);
    private static readonly Guid Commitment = new("0195564e-8a00-7c3d-9b1f-000000000001");
    private static readonly Guid First = new("0195564e-8a00-7c3d-9b1f-000000000002");
    private static readonly Guid Second = new("0195564e-8a00-7c3d-9b1f-000000000003");
    private static readonly Guid Letter = new("0195564e-8a00-7c3d-9b1f-000000000004");
    private static readonly Guid Words = new("0195564e-8a00-7c3d-9b1f-000000000005");

    private MovedClock clock = null!;
    private Timeline timeline = null!;
    private string file = "";

    [SetUp]
    public void Set_the_clock()
    {
        file = Path.GetTempFileName();
        clock = new MovedClock(file);
        timeline = new Timeline(clock);
    }

    [TearDown]
    public void Forget_the_clock()
    {
        clock.Dispose();
        File.Delete(file);
    }

    private static Instant At(double seconds) => Start + Duration.FromSeconds(seconds);

    // A promise for the tenth second is renewed at the fifth for the twentieth, and the reply at the fifteenth keeps that.
    private static readonly PromiseRow Renewed = new(First, Commitment, 1, 1, At(10), At(0), "policy", "renewed", At(5), At(5));
    private static readonly PromiseRow Kept = new(Second, Commitment, 1, 2, At(20), At(5), "follow_up", "kept", At(15), At(16));
    private static readonly CommitmentRow Answered = new(Commitment, 1, "first_response", "kept", null, At(15), At(15), false);
    private static readonly FollowUpRow FollowUp = new(First, Commitment, 1, At(5), Letter, Second, null);
    private static readonly DeliveryRow Sent = new(
        Letter, $"follow_up:{First}", 1, "follow_up", "email", "ada@example.org", "<letter@localhost>", "sent", 1, At(10), null, At(5), At(6), At(6), null);

    private static readonly Handover Taken = new("<letter@localhost>", "ada@example.org", "a", At(5.5), At(6), At(6));
    private static readonly Call Reply = new("call-1", 1, "reply", 1, "mark-1.", 201, 1, false, System.Text.Json.Nodes.JsonNode.Parse($$"""{ "id": "{{Words}}" }"""));
    private static readonly MessageRow Said = new(Words, 1, "About your printer. mark-1.");
    private static readonly EventRow Trace = new(1, At(15), "message.created", 1, null, null, "call-1", null);

    private static Books BooksOf(
        PromiseRow? first = null, PromiseRow? second = null, FollowUpRow? followUp = null, DeliveryRow[]? deliveries = null, EventRow[]? events = null, MessageRow[]? messages = null,
        CommitmentRow? commitment = null) => new(
        [new TicketRow(1, "open")],
        messages ?? [Said],
        new[] { commitment ?? Answered }.ToDictionary(row => row.Id),
        new[] { first ?? Renewed, second ?? Kept }.ToDictionary(row => row.Id),
        new[] { followUp ?? FollowUp }.ToDictionary(row => row.Promise),
        (deliveries ?? [Sent]).ToDictionary(row => row.Id),
        events ?? [Trace]);

    private IReadOnlyList<string> Breaches(Books books, params Handover[] taken)
    {
        var findings = new Findings();
        new AnswerAudit(books, findings).Run([Reply], []);
        new PromiseAudit(books, timeline, findings).Run();
        new DeliveryAudit(books, (taken.Length > 0 ? taken : [Taken]).ToLookup(each => each.Id), timeline, findings).Run();
        return [.. findings.Figures.Where(figure => figure is { MustBeZero: true, Count: > 0 }).Select(figure => figure.Name)];
    }

    [Test]
    public void Books_in_order_have_no_breach() => Assert.That(Breaches(BooksOf()), Is.Empty);

    [Test]
    public void A_message_said_to_be_sent_that_no_sink_has_is_lost() =>
        Assert.That(Breaches(BooksOf(), Taken with { Id = "<other@localhost>" }), Has.Member("Messages lost (said to be sent, and no sink has them)"));

    [Test]
    public void One_that_waits_in_the_end_is_stuck() =>
        Assert.That(Breaches(BooksOf(deliveries: [Sent with { State = "failed" }])), Has.Member("Messages neither handed over nor given up"));

    [Test]
    public void A_message_without_a_delivery_is_foreign() =>
        Assert.That(Breaches(BooksOf(), Taken, Taken with { Id = "<ghost@localhost>" }), Is.EqualTo(new[] { "Messages that no delivery stands for, or for another recipient" }));

    [Test]
    public void A_follow_up_taken_after_the_old_promise_is_late() =>
        Assert.That(Breaches(BooksOf(), Taken with { At = At(10.5), DeskTime = At(10.5) }), Is.EqualTo(new[] { "Follow-ups that came after the promise they renew" }));

    [TestCase(8, true)]
    [TestCase(9.7, true)]
    [TestCase(9.9, false)]
    public void One_taken_in_time_and_said_not_to_be_is_a_breach_unless_the_promise_ended_as_the_answer_came(double taken, bool isBreach)
    {
        var breaches = Breaches(BooksOf(deliveries: [Sent with { State = "withdrawn", SentAt = null }]), Taken with { At = At(taken), DeskTime = At(taken) });
        Assert.That(breaches.Contains("Handed over, said not to be, and not in flight at a blow"), Is.EqualTo(isBreach));
    }

    [Test]
    public void A_second_hand_over_that_nothing_explains_is_a_breach() =>
        Assert.That(Breaches(BooksOf(), Taken, Taken with { At = At(8), DeskTime = At(8) }), Is.EqualTo(new[] { "Handed over again, and not in flight at a blow" }));

    [Test]
    public void One_that_was_begun_as_the_clocks_leapt_and_taken_after_its_repetition_is_explained()
    {
        timeline.Move(TimeSpan.FromSeconds(20));
        var leap = timeline.Jumps[^1].At;
        Handover slow = Taken with { Begun = leap + Duration.FromMilliseconds(6), At = leap + Duration.FromSeconds(2.8) }, again = Taken with { Begun = leap + Duration.FromSeconds(2.4), At = leap + Duration.FromSeconds(2.5) };
        Assert.That(Breaches(BooksOf(), slow, again), Is.Empty);
        Assert.That(Breaches(BooksOf(), slow with { Begun = leap + Duration.FromSeconds(2.3) }, again), Is.EqualTo(new[] { "Handed over again, and not in flight at a blow" }));
    }

    [Test]
    public void The_same_promise_told_by_two_messages_is_told_twice()
    {
        var twin = Sent with { Id = Words, MessageId = "<twin@localhost>", Effect = "follow_up:again", CopyOf = Letter };
        Assert.That(Breaches(BooksOf(deliveries: [Sent, twin]), Taken, Taken with { Id = "<twin@localhost>" }), Is.EqualTo(new[] { "Sent twice under different Message-IDs" }));
    }

    [Test]
    public void An_answer_without_a_trace_is_lost() =>
        Assert.That(Breaches(BooksOf(events: [])), Is.EqualTo(new[] { "Answers 2xx that were lost" }));

    [Test]
    public void What_was_written_twice_took_effect_twice() =>
        Assert.That(Breaches(BooksOf(messages: [Said, Said with { Id = First }])), Is.EqualTo(new[] { "Requests that took effect twice" }));

    [Test]
    public void A_renewal_whose_follow_up_was_taken_back_after_the_lapse_hides_it() =>
        Assert.That(Breaches(BooksOf(followUp: FollowUp with { WithdrawnAt = At(16) })), Is.EqualTo(new[] { "Promises not accounted for" }));

    [Test]
    public void A_lapse_needs_a_recovery()
    {
        var broken = Renewed with { Outcome = "broken", EndedAt = At(11) };
        Assert.That(Breaches(BooksOf(broken)), Is.EqualTo(new[] { "Lapses without a recovery" }));
        var recovery = Trace with { Type = "recovery.started", Promise = First, At = At(11) };
        Assert.That(Breaches(BooksOf(broken, events: [Trace, recovery])), Is.EqualTo(new[] { "Lapses without a recovery" }), "recorded, and not told");
        Assert.That(Breaches(BooksOf(broken, events: [Trace, recovery], deliveries: [Sent, Sent with { Id = Words, MessageId = "<sorry@localhost>", Effect = $"recovery:{First}", Kind = "recovery" }]),
            Taken, Taken with { Id = "<sorry@localhost>" }), Is.Empty);
    }

    [Test]
    public void A_promise_that_stands_past_its_instant_is_forgotten() =>
        Assert.That(
            Breaches(BooksOf(second: Kept with { Outcome = "open", EndedAt = null }, commitment: Answered with { State = "running", EndedAt = null, FulfilledAt = null })),
            Has.Member("Promises not accounted for"));
}
