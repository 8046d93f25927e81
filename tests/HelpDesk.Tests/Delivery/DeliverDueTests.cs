using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

public sealed class DeliverDueTests : DeliveryFixture
{
    [Test]
    public async Task A_due_message_is_handed_over_once_and_recorded()
    {
        var id = await Queue(Message());
        var door = new ScriptedDoor();
        var worker = Worker(door);
        Assert.That(await worker.RunOnce(Now, default), Is.EqualTo(1));
        Assert.That(await worker.RunOnce(Now, default), Is.Zero);
        Assert.That(door.Sent.Select(mail => (mail.Id, mail.At)), Is.EqualTo(new[] { (id, Now) }));
        await using var db = Database.NewContext();
        var row = db.Set<HelpDesk.Delivery.Delivery>().Single();
        Assert.That((row.State, row.SentAt, row.EndedAt, row.Attempts, row.LeaseId), Is.EqualTo((DeliveryState.Sent, (Instant?)Now, (Instant?)Now, 1, (Guid?)null)));
    }

    [Test]
    public async Task What_was_queued_first_leaves_first_even_within_one_instant()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++) ids.Add(await Queue(Message()));
        OutgoingMessage[] together = [.. Enumerable.Range(0, 20).Select(_ => Message())];
        await QueueAll(together);
        var door = new ScriptedDoor(connections: 1);
        await Worker(door).RunOnce(Now, default);
        Assert.That(door.Sent.Select(mail => mail.Id), Is.EqualTo(ids.Concat(together.Select(message => message.Id))));
    }

    [Test]
    public async Task A_message_is_not_handed_over_before_its_time()
    {
        await Queue(Message() with { NotBefore = Now + Duration.FromMinutes(1) });
        var worker = Worker(new ScriptedDoor());
        Assert.That(await worker.RunOnce(Now, default), Is.Zero);
        Assert.That(await worker.RunOnce(Now + Duration.FromMinutes(1), default), Is.EqualTo(1));
    }

    [Test]
    public async Task A_message_is_handed_over_up_to_its_expiry_and_not_after()
    {
        var door = new ScriptedDoor();
        var kept = await Queue(Message() with { ExpiresAt = Now + Duration.FromHours(1) });
        await Queue(Message() with { ExpiresAt = Now + Duration.FromHours(1) - Duration.FromTicks(10) });
        Assert.That(await Worker(door, isHeld: true).RunOnce(Now + Duration.FromHours(1), default), Is.EqualTo(1));
        Assert.That(door.Sent.Single().Id, Is.EqualTo(kept));
    }

    [Test]
    public async Task A_clock_set_back_sends_nothing_again()
    {
        await Queue(Message());
        var door = new ScriptedDoor();
        var worker = Worker(door);
        await worker.RunOnce(Now, default);
        Machine.Set(Now - Duration.FromDays(2));
        Assert.That(await worker.RunOnce(Now - Duration.FromDays(2), default), Is.Zero);
        Assert.That(await worker.RunOnce(Now, default), Is.Zero);
        Assert.That(door.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Workers_side_by_side_send_nothing_twice()
    {
        await QueueAll([.. Enumerable.Range(0, 500).Select(_ => Message())]);
        var door = new ScriptedDoor(async (_, _) => await Task.Yield());
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunUntilNothingIsDue(Worker(door))));
        Assert.That(counts.Sum(), Is.EqualTo(500));
        Assert.That(door.Sent.Select(mail => mail.Id).ToHashSet(), Has.Count.EqualTo(500).And.Count.EqualTo(door.Sent.Count));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(500));
    }

    private static async Task<int> RunUntilNothingIsDue(DeliverDue worker)
    {
        var total = 0;
        while (await worker.RunOnce(Now, default) is > 0 and var count) total += count;
        return total;
    }

    [Test]
    public async Task A_claim_whose_sender_died_is_taken_up_when_its_lease_has_run_out()
    {
        var id = await Queue(Message());
        var dead = await Claim();
        var door = new ScriptedDoor();
        var worker = Worker(door);
        Machine.Advance(DeliveryClaim.Lease);
        Assert.That(await worker.RunOnce(Now, default), Is.Zero, "the lease still holds");
        Machine.Advance(Duration.FromTicks(10));
        Assert.That(await worker.RunOnce(Now, default), Is.EqualTo(1));
        Assert.That(door.Sent.Single().MessageId, Is.EqualTo($"<{id}@example.com>"));
        var word = new Outcome(id, dead.Id, AttemptOutcome.Failed, Now, Now, Duration.Zero, "door:25", "too late", Now);
        Assert.That(await Outcomes().Record(word), Is.False, "the dead sender's word counts no more");
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_dead_claim_does_not_outlive_the_setting_back_of_a_clock_and_none_is_taken_early_for_clocks_that_differ()
    {
        await Queue(Message());
        await Claim();
        var claimed = Machine.Now;
        var worker = Worker(new ScriptedDoor());
        Machine.Set(claimed - DeliveryClaim.Lease);
        Assert.That(await worker.RunOnce(Now, default), Is.Zero, "that server's clock may be ahead");
        Machine.Set(claimed - DeliveryClaim.Lease - Duration.FromTicks(10));
        Assert.That(await worker.RunOnce(Now, default), Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_that_may_pass_is_tried_again_after_at_most_two_seconds_then_ever_later()
    {
        var id = await Queue(Message());
        var worker = Worker(new ScriptedDoor((_, _) => throw new IOException("The line went dead.")));
        var now = Now;
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.That(await worker.RunOnce(now, default), Is.EqualTo(1));
            Assert.That(await StateOf(id), Is.EqualTo("failed"));
            var wait = await NextAttemptOf(id) - now;
            Assert.That(wait.TotalSeconds, Is.InRange(Math.Pow(2, attempt) / 2, Math.Pow(2, attempt)));
            now += wait;
        }

        Assert.That(await ErrorOf(id), Is.EqualTo("The line went dead."));
    }

    [Test]
    public async Task A_delivery_whose_attempts_are_used_up_is_dead()
    {
        var id = await Queue(Message());
        var worker = Worker(new ScriptedDoor((_, _) => throw new IOException("The line went dead.")), Options with { GiveUp = new(Duration.FromDays(3), 2) });
        await worker.RunOnce(Now, default);
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        await worker.RunOnce(await NextAttemptOf(id), default);
        Assert.That(await StateOf(id), Is.EqualTo("dead"));
        Assert.That(await worker.RunOnce(Now + Duration.FromDays(1), default), Is.Zero);
    }

    [Test]
    public async Task A_permanent_refusal_is_dead_at_once()
    {
        var id = await Queue(Message());
        await Worker(new ScriptedDoor((_, _) => throw new MailRefused("550 no\0 such\r\nmailbox", isPermanent: true))).RunOnce(Now, default);
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("dead", "550 no  such  mailbox")));
    }

    [Test]
    public async Task A_door_that_hangs_and_ignores_its_token_costs_the_time_limit_and_holds_up_nobody()
    {
        var hanging = await Queue(Message("hang@example.org"));
        await QueueAll([.. Enumerable.Range(0, 20).Select(_ => Message())]);
        var entered = new TaskCompletionSource();
        var others = new CountdownEvent(20);
        var othersDone = new TaskCompletionSource();
        var worker = Worker(new ScriptedDoor((mail, _) =>
        {
            if (mail.Id == hanging)
            {
                entered.SetResult();
                return new TaskCompletionSource().Task;
            }

            if (others.Signal()) othersDone.SetResult();
            return Task.CompletedTask;
        }));
        var run = worker.RunOnce(Now, default);
        await entered.Task;
        await othersDone.Task;
        Assert.That(run.IsCompleted, Is.False);
        Machine.Advance(DeliverDue.AttemptLimit);
        Assert.That(await run, Is.EqualTo(21));
        Assert.That((await StateOf(hanging), await ErrorOf(hanging)), Is.EqualTo(("failed", "The other side did not take it within 10 seconds.")));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(20));
        others.Dispose();
    }

    [Test]
    public async Task What_could_not_be_tried_within_the_lease_is_given_back_and_costs_no_attempt()
    {
        await QueueAll([.. Enumerable.Range(0, 10).Select(_ => Message())]);
        var hung = new SemaphoreSlim(0);
        var worker = Worker(new ScriptedDoor(
            async (_, cancel) =>
            {
                hung.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, Machine, cancel);
            },
            connections: 2));
        var run = worker.RunOnce(Now, default);
        await hung.WaitAsync();
        await hung.WaitAsync();
        Machine.Advance(DeliverDue.AttemptLimit);
        Assert.That(await run, Is.EqualTo(10));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'failed' and attempts = 1"), Is.EqualTo(2));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued' and attempts = 0 and lease_id is null"), Is.EqualTo(8));
        hung.Dispose();
    }

    [Test]
    public async Task A_stop_begins_nothing_new_lets_what_is_under_way_finish_and_gives_the_rest_back()
    {
        await QueueAll([.. Enumerable.Range(0, 3).Select(_ => Message())]);
        using var stop = new CancellationTokenSource();
        var door = new ScriptedDoor(async (_, _) => await stop.CancelAsync(), connections: 1);
        await Worker(door).RunOnce(Now, stop.Token);
        Assert.That(door.Sent, Has.Count.EqualTo(1));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(1));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued' and lease_id is null"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_message_for_the_inbox_is_there_as_soon_as_it_is_due_and_goes_through_no_door()
    {
        var id = await Queue(Message() with { Channel = DeliveryChannel.Inbox });
        var door = new ScriptedDoor();
        await Worker(door).RunOnce(Now, default);
        Assert.That((await StateOf(id), door.Sent.Count), Is.EqualTo(("sent", 0)));
    }
}
