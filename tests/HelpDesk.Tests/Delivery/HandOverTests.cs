using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

/// <summary>In which order messages leave, when they may no longer, and what holds them back without holding up others.</summary>
public sealed class HandOverTests : DeliveryFixture
{
    [OneTimeSetUp]
    public Task Let_messages_be_about_tickets_that_are_not_there() => Database.Execute("alter table deliveries drop constraint deliveries_ticket_id_fkey");

    private static IEnumerable<Guid> Ids(ScriptedDoor door) => door.Sent.Select(mail => mail.Id);

    [Test]
    public async Task What_is_about_to_expire_leaves_before_what_keeps()
    {
        var acknowledgements = Enumerable.Range(0, 5).Select(_ => Message()).ToList();
        var later = Message() with { ExpiresAt = Now + Duration.FromMinutes(4) };
        var sooner = Message() with { ExpiresAt = Now + Duration.FromMinutes(2) };
        var distant = Message() with { ExpiresAt = Now + Duration.FromHours(2) };
        await QueueAll([.. acknowledgements, distant, later, sooner]);
        var door = new ScriptedDoor(connections: 1);
        await Worker(door).RunOnce(Now, default);
        Assert.That(Ids(door), Is.EqualTo(new[] { sooner.Id, later.Id }.Concat(acknowledgements.Select(message => message.Id)).Append(distant.Id)));
    }

    [Test]
    public async Task An_attempt_does_not_begin_so_late_that_it_would_usually_end_after_the_promise()
    {
        await Queue(Message() with { ExpiresAt = Now + Duration.FromMilliseconds(50) });
        var door = new ScriptedDoor();
        Assert.That(await Worker(door).RunOnce(Now, default), Is.Zero);
        Assert.That(await Worker(door).NextDue(Now, default), Is.Null, "nobody waits for it either");
        Assert.That(door.Sent, Is.Empty);
    }

    [Test]
    public async Task An_attempt_under_way_when_its_message_expires_is_cut_off()
    {
        var entered = new TaskCompletionSource();
        var id = await Queue(Message() with { ExpiresAt = Now + Duration.FromSeconds(3) });
        var cutOff = new TaskCompletionSource();
        var run = Worker(new ScriptedDoor(async (_, cancel) =>
        {
            entered.SetResult();
            await using var registration = cancel.Register(() => cutOff.SetResult());
            await cutOff.Task;
            cancel.ThrowIfCancellationRequested();
        })).RunOnce(Now, default);
        await entered.Task;
        Machine.Advance(Duration.FromSeconds(2.9));
        Assert.That(cutOff.Task.IsCompleted, Is.False);
        Machine.Advance(Duration.FromSeconds(0.1));
        await run;
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", "The other side did not take it within 3 seconds.")));
        Assert.That(await NextAttemptOf(id), Is.GreaterThan(Now + Duration.FromSeconds(3)), "not tried again: it has expired by then");
    }

    [Test]
    public async Task What_was_taken_only_after_its_promise_counts_as_not_told()
    {
        var id = await Queue(Message() with { ExpiresAt = Now + Duration.FromSeconds(30) });
        // The machine's clock is set while the server answers: no limit of ours would see it.
        var door = new ScriptedDoor((_, _) =>
        {
            Machine.Set(Now + Duration.FromMinutes(1));
            return Task.CompletedTask;
        });
        await Worker(door).RunOnce(Now, default);
        Assert.That(
            await Database.Ask<string>("select d.state || ' ' || a.outcome || ' ' || a.words || ' ' || (d.sent_at is null) from deliveries d join delivery_attempts a on a.delivery_id = d.id where d.id = $1", id),
            Is.EqualTo("failed late Taken only after 2026-03-02T08:00:30Z, until when it held. true"));
        Assert.That(await Worker(door).RunOnce(Machine.Now, default), Is.Zero, "it is not sent again");
    }

    [Test]
    public async Task One_that_waited_behind_others_until_it_expired_is_not_begun()
    {
        var first = Message() with { ExpiresAt = Now + Duration.FromSeconds(1) };
        var second = Message() with { ExpiresAt = Now + Duration.FromSeconds(2) };
        await QueueAll([first, second]);
        var door = new ScriptedDoor((_, _) =>
        {
            Machine.Set(Now + Duration.FromSeconds(1.95));
            return Task.CompletedTask;
        }, connections: 1);
        await Worker(door).RunOnce(Now, default);
        Assert.That(Ids(door), Is.EqualTo(new[] { first.Id }));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where id = $1 and state = 'queued' and lease_id is null and attempts = 0", second.Id), Is.EqualTo(1));
    }

    [Test]
    public async Task One_tickets_messages_to_one_recipient_leave_in_the_order_they_were_written_in()
    {
        OutgoingMessage[] written = [.. Enumerable.Range(0, 40).Select(number => Message($"reader{number % 2}@example.org") with { TicketId = number % 4 })];
        await QueueAll(written);
        var underWay = new HashSet<(long?, string)>();
        var overlaps = 0;
        var door = new ScriptedDoor(async (mail, _) =>
        {
            lock (underWay) overlaps += underWay.Add((mail.TicketId, mail.Recipient)) ? 0 : 1;
            await Task.Yield();
            lock (underWay) underWay.Remove((mail.TicketId, mail.Recipient));
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunOut(Worker(door))));
        await RunOut(Worker(door));
        Assert.That(overlaps, Is.Zero);
        Assert.That(door.Sent.Select(mail => mail.Id).ToList(), Has.Count.EqualTo(40));
        foreach (var thread in written.GroupBy(message => (message.TicketId, message.Recipient)))
        {
            Assert.That(door.Sent.Where(mail => (mail.TicketId, mail.Recipient) == thread.Key).Select(mail => mail.Id), Is.EqualTo(thread.Select(message => message.Id)));
        }
    }

    private static async Task RunOut(DeliverDue worker)
    {
        while (await worker.RunOnce(Now, default) > 0)
        {
            // Until there is nothing left for this one.
        }
    }

    [Test]
    public async Task An_earlier_message_that_waits_to_be_tried_again_does_not_hold_up_a_later_one()
    {
        var refused = Message() with { TicketId = 7 };
        var next = Message() with { TicketId = 7 };
        await QueueAll([refused, next]);
        var door = new ScriptedDoor((mail, _) => mail.Id == refused.Id ? throw new MailRefused("451 later", isPermanent: false) : Task.CompletedTask);
        var worker = Worker(door);
        await RunOut(worker);
        Assert.That(Ids(door), Is.EqualTo(new[] { next.Id }));
    }

    [Test]
    public async Task A_domain_that_has_had_its_share_of_the_minute_waits_without_an_attempt_and_holds_up_nobody()
    {
        await QueueAll([.. Enumerable.Range(0, 250).Select(_ => Message("somebody@Crowded.example"))]);
        var other = await Queue(Message("aino@example.org"));
        var door = new ScriptedDoor();
        var worker = Worker(door, Options with { PerDomain = 100, Domains = new Dictionary<string, int> { ["crowded.example"] = 3 } });
        await RunOut(worker);
        Assert.That(door.Sent, Has.Count.EqualTo(4));
        Assert.That(Ids(door), Contains.Item(other));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued' and attempts = 0 and tries = 0 and lease_id is null"), Is.EqualTo(247));
        Assert.That(await worker.NextDue(Now, default), Is.EqualTo(Now + Duration.FromMinutes(1)));
        Machine.Advance(Duration.FromMinutes(1));
        await RunOut(worker);
        Assert.That(door.Sent, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task While_a_server_cannot_be_reached_the_queue_waits_without_attempts_and_leaves_when_it_answers_again()
    {
        await QueueAll([.. Enumerable.Range(0, 50).Select(_ => Message())]);
        var isAway = true;
        var tried = 0;
        var worker = Worker(new ScriptedDoor(
            (_, _) =>
            {
                tried++;
                return isAway ? throw new HostAway("nobody there") : Task.CompletedTask;
            },
            connections: 1));
        await RunOut(worker);
        Assert.That(tried, Is.EqualTo(Circuit.Threshold));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'failed' and attempts = 0 and tries = 1 and last_error = 'nobody there'"), Is.EqualTo(3));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued' and attempts = 0 and tries = 0 and lease_id is null"), Is.EqualTo(47));
        Assert.That(await worker.NextDue(Now, default), Is.EqualTo(Now + Duration.FromSeconds(1)), "the probe");
        // An outage of a week: a probe every half a minute at most, and nobody is given up.
        var week = Now + Duration.FromDays(7);
        for (var now = Now; now < week; now += Duration.FromHours(7))
        {
            Machine.Set(now);
            var before = tried;
            await RunOut(worker);
            Assert.That(tried - before, Is.LessThanOrEqualTo(1));
        }

        isAway = false;
        Machine.Set(week + Duration.FromMinutes(1));
        while (await worker.RunOnce(Machine.Now, default) > 0) Assert.That(isAway, Is.False);
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(50));
    }

    [Test]
    public async Task An_inbox_is_served_while_the_mail_server_is_away()
    {
        var worker = Worker(new ScriptedDoor((_, _) => throw new HostAway("nobody there")));
        await QueueAll([.. Enumerable.Range(0, 10).Select(_ => Message())]);
        await RunOut(worker);
        var id = await Queue(Message() with { Channel = DeliveryChannel.Inbox });
        await worker.RunOnce(Now, default);
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_message_refused_for_the_time_being_is_tried_for_three_days_from_its_first_refusal_and_then_given_up()
    {
        var id = await Queue(Message());
        var worker = Worker(new ScriptedDoor((_, _) => throw new MailRefused("451 later", isPermanent: false)));
        var now = Now;
        while (await StateOf(id) != "dead")
        {
            Assert.That(await worker.RunOnce(now, default), Is.EqualTo(1));
            Assert.That(now, Is.LessThan(Now + Duration.FromDays(3) + Duration.FromHours(1)));
            if (await StateOf(id) == "failed") now = await NextAttemptOf(id);
        }

        Assert.That(now, Is.GreaterThanOrEqualTo(Now + Duration.FromDays(3)));
        Assert.That(await Database.Ask<int>("select attempts from deliveries"), Is.GreaterThan(70), "an hour at most between them");
    }

    [Test]
    public async Task Days_without_a_server_do_not_count_towards_giving_up()
    {
        var id = await Queue(Message());
        await Worker(new ScriptedDoor((_, _) => throw new HostAway("nobody there"))).RunOnce(Now, default);
        await Worker(new ScriptedDoor((_, _) => throw new MailRefused("451 greylisted", isPermanent: false))).RunOnce(Now + Duration.FromDays(5), default);
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
    }

    [Test]
    public async Task Every_attempt_is_on_record_with_the_servers_words()
    {
        var id = await Queue(Message());
        Exception?[] script = [new HostAway("nobody there"), new MailRefused("451 4.7.1 greylisted", isPermanent: false), null];
        var attempt = 0;
        var worker = Worker(new ScriptedDoor((_, _) =>
        {
            Machine.Set(Machine.Now + Duration.FromMilliseconds(40));
            return script[attempt++] is { } error ? throw error : Task.CompletedTask;
        }));
        for (var now = Now; attempt < script.Length; now = await NextAttemptOf(id)) await worker.RunOnce(now, default);
        var log = await Database.Ask<string>("select string_agg(concat_ws(' ', number, took, server, outcome, words), '; ' order by number) from delivery_attempts where delivery_id = $1", id);
        Assert.That(log, Is.EqualTo("1 40000 door:25 unreachable nobody there; 2 40000 door:25 failed 451 4.7.1 greylisted; 3 40000 door:25 sent"));
        Assert.That(await Database.Ask<string>("select concat_ws(' ', state, attempts, tries) from deliveries where id = $1", id), Is.EqualTo("sent 2 3"));
    }

    [Test]
    public async Task A_message_handed_over_while_the_database_is_away_is_recorded_when_it_is_back_and_not_sent_twice()
    {
        await QueueAll([.. Enumerable.Range(0, 3).Select(_ => Message())]);
        var entered = new TaskCompletionSource();
        var under = 0;
        var go = new TaskCompletionSource();
        var door = new ScriptedDoor(async (_, _) =>
        {
            if (Interlocked.Increment(ref under) == 3) entered.SetResult();
            await go.Task;
        });
        var worker = Worker(door);
        var run = worker.RunOnce(Now, default);
        await entered.Task;
        await Database.Interrupt(async () =>
        {
            go.SetResult();
            // Time goes on by the clock of the test, in steps that let the attempts to record be made.
            for (var step = 0; step < 100; step++)
            {
                Machine.Advance(Duration.FromMilliseconds(50));
                await Task.Yield();
            }

            Assert.That(run.IsCompleted, Is.False);
        });
        while (!run.IsCompleted)
        {
            Machine.Advance(Duration.FromMilliseconds(50));
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        Assert.That(await run, Is.EqualTo(3));
        Machine.Advance(DeliveryClaim.Lease);
        Assert.That(await worker.RunOnce(Now, default), Is.Zero);
        Assert.That(door.Sent, Has.Count.EqualTo(3));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(3));

    }

    [Test]
    public async Task One_that_hangs_takes_its_lane_alone_while_the_timer_goes_on()
    {
        var hanging = await Queue(Message("hang@example.org"));
        var door = new ScriptedDoor((mail, _) => mail.Id == hanging ? new TaskCompletionSource().Task : Task.CompletedTask, connections: 2);
        var worker = Worker(door);
        Assert.That(await worker.Step(Now, default), Is.EqualTo(1));
        await QueueAll([.. Enumerable.Range(0, 10).Select(_ => Message())]);
        Assert.That(await worker.Step(Now, default), Is.EqualTo(10));
        while (door.Sent.Count < 10) await Task.Yield();
        var finish = worker.Finish();
        Assert.That(finish.IsCompleted, Is.False);
        Machine.Advance(DeliverDue.AttemptLimit);
        await finish;
        Assert.That(await StateOf(hanging), Is.EqualTo("failed"));
        Assert.That(await worker.Step(Now, default), Is.Zero, "it has been told to finish");
    }

    private static OutgoingMessage Post(string host) =>
        Message($"https://{host}/desk") with { Channel = DeliveryChannel.Webhook, Data = """{ "publicUrl": null, "promises": [] }""", SignedAs = "customer:1" };

    [Test]
    public async Task A_webhook_host_that_is_away_waits_alone()
    {
        await QueueAll([.. Enumerable.Range(0, 20).Select(_ => Post("away.example:8443"))]);
        await QueueAll([.. Enumerable.Range(0, 20).Select(_ => Post("Here.example"))]);
        var door = new ScriptedWebhookDoor((post, _) => post.Url.Host == "away.example" ? throw new HostAway("nobody there") : Task.CompletedTask);
        var worker = Worker(new ScriptedDoor(), webhooks: door);
        await RunOut(worker);
        Assert.That(door.Posted, Has.Count.EqualTo(20).And.All.Property("Url").Property("Host").EqualTo("here.example"));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where recipient like '%away%' and attempts = 0 and state in ('queued', 'failed')"), Is.EqualTo(20));
        Assert.That(await Database.Ask<long>("select sum(tries) from deliveries where recipient like '%away%'"), Is.InRange(3, 6));
    }

    [Test]
    public async Task A_webhook_host_that_hangs_takes_half_of_the_lanes_at_most()
    {
        await QueueAll([.. Enumerable.Range(0, 20).Select(_ => Post("hangs.example"))]);
        var other = Post("here.example");
        await QueueAll([other]);
        var hanging = 0;
        var worker = Worker(new ScriptedDoor(), webhooks: new ScriptedWebhookDoor((post, _) =>
        {
            if (post.Url.Host != "hangs.example") return Task.CompletedTask;
            Interlocked.Increment(ref hanging);
            return new TaskCompletionSource().Task;
        }));
        while (await worker.Step(Now, default) > 0)
        {
            // Until nothing more may be begun.
        }

        while (await StateOf(other.Id) != "sent" || Volatile.Read(ref hanging) < new WebhookOptions().Connections / 2) await Task.Yield();
        Assert.That(hanging, Is.EqualTo(new WebhookOptions().Connections / 2));
        var finish = worker.Finish();
        Machine.Advance(DeliverDue.AttemptLimit);
        await finish;
    }
}
