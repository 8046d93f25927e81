using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

/// <summary>In which order messages leave, and when they may no longer.</summary>
public sealed class HandOverTests : DeliveryFixture
{
    [OneTimeSetUp]
    public Task Let_messages_be_about_tickets_that_are_not_there() => Database.Execute("alter table deliveries drop constraint deliveries_ticket_id_fkey");

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
        Assert.That(door.Ids, Is.EqualTo(new[] { sooner.Id, later.Id }.Concat(acknowledgements.Select(message => message.Id)).Append(distant.Id)));
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
        Assert.That(door.Ids, Is.EqualTo(new[] { first.Id }));
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

    [Test]
    public async Task An_earlier_message_that_waits_to_be_tried_again_does_not_hold_up_a_later_one()
    {
        var refused = Message() with { TicketId = 7 };
        var next = Message() with { TicketId = 7 };
        await QueueAll([refused, next]);
        var door = new ScriptedDoor((mail, _) => mail.Id == refused.Id ? throw new MailRefused("451 later", isPermanent: false) : Task.CompletedTask);
        var worker = Worker(door);
        await RunOut(worker);
        Assert.That(door.Ids, Is.EqualTo(new[] { next.Id }));
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
}
