using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

/// <summary>Servers that are away, hang or want a pause: what waits for them, and holds up nothing else.</summary>
public sealed class HoldUpTests : DeliveryFixture
{
    [Test]
    public async Task A_domain_that_has_had_its_share_of_the_minute_waits_without_an_attempt_and_holds_up_nobody()
    {
        await QueueAll([.. Enumerable.Range(0, 250).Select(_ => Message("somebody@Crowded.example"))]);
        var other = await Queue(Message("aino@example.org"));
        var door = new ScriptedDoor();
        var worker = Worker(door, Options with { PerDomain = 100, Domains = new Dictionary<string, int> { ["crowded.example"] = 3 } });
        await RunOut(worker);
        Assert.That(door.Sent, Has.Count.EqualTo(4));
        Assert.That(door.Ids, Contains.Item(other));
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

        while (await StateOf(other.Id) != "sent" || Volatile.Read(ref hanging) < WebhookOptions.Read(Unset).Connections / 2) await Task.Yield();
        Assert.That(hanging, Is.EqualTo(WebhookOptions.Read(Unset).Connections / 2));
        var finish = worker.Finish();
        Machine.Advance(DeliverDue.AttemptLimit);
        await finish;
    }
}
